extension Schema {
  static let retention = [
    // Sealed entries that were emptied because their time was over; `event` tells of it.
    "CREATE TABLE emptied_seal (seal INTEGER PRIMARY KEY, event INTEGER NOT NULL)"
  ]
}
