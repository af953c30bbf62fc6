extension Schema {
  static let links: [String] = [
    // Signed links that have done their one act, by the digest of their bytes; `at` in seconds since 1970.
    "CREATE TABLE used_link (digest BLOB PRIMARY KEY, at INTEGER NOT NULL)",
  ]
}
