package org.conferenceworker.standin.vobiz;

import java.io.IOException;

/** What the stand-in does with one request instead of answering as the API would. */
@FunctionalInterface
public interface Reply {
  void to(Request request, Connection connection) throws IOException;
}
