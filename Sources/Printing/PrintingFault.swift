/// Why a document was not made, or not read again. Facts alone: no text of a document, no word a converter wrote.
package enum PrintingFault: Error, Sendable, Hashable {
  /// No such program on this machine; the first is the one to install.
  case absent([Converter])
  /// The variable names a program that is not there or may not be run.
  case misnamed(Converter)
  /// It ended otherwise than well: its exit code, or 128 and the number of the signal.
  case failed(Converter, status: Int32)
  case timedOut(Converter, seconds: Int)
  /// Whoever asked for the document no longer wants it.
  case cancelled
  /// It ended well and left nothing behind, or not what it was asked for.
  case wroteNothing(Converter)
  /// The document holds scripts or asks for something outside itself; the line where.
  case reachesOut(line: Int)
  /// A sheet that is no sheet: its number from 1.
  case sheet(Int, SheetFault)
  /// The system's error number.
  case folder(Int32)
}

/// What a sheet's values may not be.
package enum SheetFault: Sendable, Hashable {
  /// Empty, over 31 characters, with one of `[]:*?/\`, or twice in the workbook.
  case name
  /// More than a sheet has: 1,048,576 rows, 16,384 columns.
  case size
  /// The library would not write it; its own code.
  case unwritable(UInt32)
}
