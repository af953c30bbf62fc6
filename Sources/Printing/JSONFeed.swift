internal import Suggestions

/// A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1). Withdrawn entries stand in an extension of ours, as the format
/// has no word for them: `_golden_ideas.withdrawn[{id at}]`.
package enum JSONFeed {
  package static func bytes(of feed: PublishedFeed) -> [UInt8] {
    var json = JSONWriter(indented: true)
    json.object { json in
      json.field("version", "https://jsonfeed.org/version/1.1")
      json.field("title", feed.title)
      json.field("home_page_url", feed.home)
      json.field("feed_url", feed.address)
      json.field("description", feed.subtitle)
      json.field("language", feed.language)
      json.object("_golden_ideas") { json in
        json.field("about", feed.licence.address)
        json.field("licence", feed.licence.name)
        json.array("withdrawn") { json in
          for stone in feed.tombstones.sorted(by: { ($1.withdrawn, $0.id) < ($0.withdrawn, $1.id) }) {
            json.object {
              $0.field("id", stone.id)
              $0.field("at", PublishedMoment.text(stone.withdrawn))
            }
          }
        }
      }
      json.array("items") { json in
        for entry in feed.ordered { json.object { write(entry, to: &$0) } }
      }
    }
    json.newline()
    return json.bytes
  }

  private static func write(_ entry: PublishedEntry, to json: inout JSONWriter) {
    json.field("id", entry.id)
    if let link = entry.link { json.field("url", link) }
    json.field("title", entry.title)
    json.field("content_text", entry.text)
    json.field("date_published", PublishedMoment.text(entry.published))
    json.field("date_modified", PublishedMoment.text(entry.updated))
    json.array("authors") { json in json.object { $0.field("name", entry.author) } }
    if !entry.categories.isEmpty {
      json.array("tags") { json in for category in entry.categories { json.field(nil, category) } }
    }
  }
}
