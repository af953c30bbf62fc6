internal import Suggestions

/// A feed as Atom (RFC 4287), its withdrawn entries as tombstones (RFC 6721).
package enum AtomFeed {
  package static func bytes(of feed: PublishedFeed) -> [UInt8] {
    var atom = HTMLWriter()
    let root: HTMLWriter.Attributes = [
      "xmlns": "http://www.w3.org/2005/Atom", "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
      "xml:lang": feed.language,
    ]
    atom.element("feed", root) { atom in
      line(&atom) { $0.element("id", feed.id) }
      line(&atom) { $0.element("title", feed.title) }
      line(&atom) { $0.element("subtitle", feed.subtitle) }
      line(&atom) { $0.element("updated", moment(feed.updated)) }
      line(&atom) { $0.empty("link", ["rel": "alternate", "type": "text/html", "href": feed.home]) }
      line(&atom) { $0.empty("link", ["rel": "self", "type": "application/atom+xml", "href": feed.address]) }
      line(&atom) { $0.empty("link", ["rel": "license", "title": feed.licence.name, "href": feed.licence.address]) }
      line(&atom) { $0.element("rights", feed.licence.name) }
      for entry in feed.ordered { line(&atom) { write(entry, to: &$0) } }
      for stone in feed.tombstones.sorted(by: { ($1.withdrawn, $0.id) < ($0.withdrawn, $1.id) }) {
        line(&atom) { $0.empty("at:deleted-entry", ["ref": stone.id, "when": moment(stone.withdrawn)]) }
      }
      atom.newline()
    }
    return Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\(atom.markup)\n".utf8)
  }

  private static func write(_ entry: PublishedEntry, to atom: inout HTMLWriter) {
    atom.element("entry") { atom in
      line(&atom) { $0.element("id", entry.id) }
      line(&atom) { $0.element("title", entry.title) }
      line(&atom) { $0.element("published", moment(entry.published)) }
      line(&atom) { $0.element("updated", moment(entry.updated)) }
      line(&atom) { atom in atom.element("author") { $0.element("name", entry.author) } }
      if let link = entry.link {
        line(&atom) { $0.empty("link", ["rel": "alternate", "type": "text/html", "href": link]) }
      }
      for category in entry.categories { line(&atom) { $0.empty("category", ["term": category]) } }
      line(&atom) { $0.element("content", ["type": "text"], entry.text) }
      atom.newline()
    }
  }

  private static func line(_ atom: inout HTMLWriter, _ content: (inout HTMLWriter) -> Void) {
    atom.newline()
    content(&atom)
  }

  private static func moment(_ instant: Int64) -> String { PublishedMoment.text(instant) }
}
