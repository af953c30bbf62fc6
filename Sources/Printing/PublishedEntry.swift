/// Something published that readers follow: an answer or an issue of the digest. What the gate has not seen is none.
package struct PublishedEntry: Sendable, Hashable {
  /// An absolute address that stays the entry's own for ever, also when it moves: `tag:…`, `urn:uuid:…`, `https:…`.
  package var id: String
  package var title: String
  /// Plain text; paragraphs end with line feeds.
  package var text: String
  /// Where it is read; nil where there is no page of it.
  package var link: String?
  /// Topic and area, for readers who choose.
  package var categories: [String]
  /// Seconds since 1970.
  package var published: Int64
  package var updated: Int64
  /// The unit that answered or the house that publishes; never a person.
  package var author: String

  package init(
    id: String, title: String, text: String, link: String? = nil, categories: [String] = [], published: Int64,
    updated: Int64? = nil, author: String
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.link = link
    self.categories = categories
    self.published = published
    self.updated = updated ?? published
    self.author = author
  }
}

/// What was published and is withdrawn: that it is gone, and nothing of what it said.
package struct PublishedTombstone: Sendable, Hashable {
  package var id: String
  /// Seconds since 1970.
  package var withdrawn: Int64

  package init(id: String, withdrawn: Int64) {
    self.id = id
    self.withdrawn = withdrawn
  }
}
