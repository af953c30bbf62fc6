extension Schema {
  static let splits: [String] = [
    // 拆分: submissions that are parts of what was handed in, each with the submission it was taken out of.
    "CREATE TABLE split_part (part INTEGER PRIMARY KEY, original INTEGER NOT NULL, CHECK (original < part))",
    "CREATE INDEX split_part_original ON split_part (original)",
  ]
}
