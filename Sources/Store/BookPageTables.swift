extension Schema {
  static let bookPages = [
    // 民意征集本的一页: what was typed of a page of an opinion book, until it is taken in; after that what is known of
    // the page and none of its texts. `id` is the number of the event that first told of it. Head and keyings are
    // sealed: people sign what they write. `sealed` tells the head apart, which stays.
    """
    CREATE TABLE book_page (
      id INTEGER PRIMARY KEY, station TEXT NOT NULL, book TEXT NOT NULL, page INTEGER NOT NULL,
      condition INTEGER NOT NULL CHECK (condition BETWEEN 0 AND 2), counted INTEGER NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), entered INTEGER, keyer TEXT NOT NULL, checker TEXT,
      changed_at INTEGER NOT NULL, head BLOB NOT NULL, first BLOB, second BLOB, UNIQUE (station, book, page))
    """
  ]
}
