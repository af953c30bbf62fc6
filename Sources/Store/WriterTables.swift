extension Schema {
  static let writers: [String] = [
    // Which submissions are of one writer: see WriterIndex.swift. Follows the intake behind a watermark.
    """
    CREATE TABLE writer_submission (
      segment INTEGER NOT NULL, writer INTEGER NOT NULL, number INTEGER NOT NULL,
      PRIMARY KEY (segment, writer, number)) WITHOUT ROWID
    """
  ]
}
