package org.conferenceworker;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Takes each source file for a slice, with the types that are nested in its own. */
final class FilesAsSlices implements SliceAssignment {

  static final SliceAssignment OF_THE_HOUSE = new FilesAsSlices();

  private FilesAsSlices() {}

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getName().startsWith("org.conferenceworker")
        ? SliceIdentifier.of(outermost.getName())
        : SliceIdentifier.ignore();
  }

  @Override
  public String getDescription() {
    return "files";
  }
}
