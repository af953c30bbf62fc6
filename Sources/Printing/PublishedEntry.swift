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

/// What a feed says of itself, and its entries.
package struct PublishedFeed: Sendable, Hashable {
  /// Absolute, and its own for ever.
  package var id: String
  package var title: String
  package var subtitle: String
  /// Of the page and of the feed itself.
  package var home: String
  package var address: String
  /// BCP 47: `zh-CN`.
  package var language: String
  /// The licence's name and where its words stand.
  package var licence: PublishedLicence
  package var entries: [PublishedEntry]
  package var tombstones: [PublishedTombstone]

  package init(
    id: String, title: String, subtitle: String, home: String, address: String, language: String = "zh-CN",
    licence: PublishedLicence, entries: [PublishedEntry], tombstones: [PublishedTombstone] = []
  ) {
    self.id = id
    self.title = title
    self.subtitle = subtitle
    self.home = home
    self.address = address
    self.language = language
    self.licence = licence
    self.entries = entries
    self.tombstones = tombstones
  }

  /// The newest first, those of one moment by their ids: whoever writes the feed, it is the same.
  var ordered: [PublishedEntry] { entries.sorted { ($1.updated, $0.id) < ($0.updated, $1.id) } }

  /// When something last changed; the beginning of 1970 for a feed of nothing.
  var updated: Int64 { (entries.map(\.updated) + tombstones.map(\.withdrawn)).max() ?? 0 }
}

package struct PublishedLicence: Sendable, Hashable {
  package var name: String
  package var address: String

  package init(name: String, address: String) {
    self.name = name
    self.address = address
  }
}
