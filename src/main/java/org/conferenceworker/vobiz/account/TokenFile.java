package org.conferenceworker.vobiz.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.conferenceworker.settings.InvalidSettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something with a token that is in a file, such as a mounted secret, which may be replaced at any
 * time: each call reads it again. While the file cannot be read, the last token is used.
 *
 * @param <T> what is made of the token
 */
final class TokenFile<T> implements Supplier<T> {

  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

  private final String whose;
  private final Path file;
  private final Function<String, T> make;
  private final ReentrantLock lock = new ReentrantLock();
  private String token;
  private volatile T current;
  private boolean readable = true;

  /**
   * @param whose such as {@code account "sales"}, for messages
   * @param make throws if the token cannot be used
   * @throws InvalidSettingException if the file has no usable token
   */
  TokenFile(String whose, String file, Function<String, T> make) {
    this.whose = whose;
    this.make = make;
    try {
      this.file = Path.of(file);
    } catch (InvalidPathException e) {
      throw new InvalidSettingException(
          "The token file of %s, %s, has a path that this process cannot represent."
              .formatted(whose, file),
          "Start the worker with a UTF-8 locale, such as LC_ALL=C.UTF-8, or use ASCII letters only.");
    }
    try {
      token = read();
      current = make.apply(token);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "The token file of %s, %s, cannot be read: %s."
              .formatted(whose, file, e.getClass().getSimpleName()),
          "Correct the path, or let the worker read the file.");
    }
  }

  /** An editor may have added a byte order mark and a line end. */
  private String read() throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (isWide(content)) {
      throw new InvalidSettingException(
          "The token file " + file + " is not in UTF-8 but in UTF-16 or binary.",
          "Save it as UTF-8 or ASCII, with the token alone in it.");
    }
    String text = new String(content, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }

  /** Whether it begins with a UTF-16 byte order mark or contains a zero byte. */
  private static boolean isWide(byte[] content) {
    boolean marked =
        content.length > 1 && (content[0] & content[1] & 0xFE) == 0xFE && content[0] != content[1];
    return marked || new String(content, StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
  }

  @Override
  public T get() {
    lock.lock();
    try {
      return readAnew();
    } finally {
      lock.unlock();
    }
  }

  T lastRead() {
    return current;
  }

  private T readAnew() {
    try {
      String now = read();
      if (!now.equals(token)) {
        current = make.apply(now);
        token = now;
        LOG.info("The token of {} has changed.", whose);
      }
      readable = true;
    } catch (IOException | InvalidSettingException e) {
      if (readable) {
        readable = false;
        LOG.warn(
            "The token file of {}, {}, has no usable token now ({}); the last one is used.",
            whose,
            file,
            e instanceof InvalidSettingException ? e.getMessage() : e.getClass().getSimpleName());
      }
    }
    return current;
  }
}
