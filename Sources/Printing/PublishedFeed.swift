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
