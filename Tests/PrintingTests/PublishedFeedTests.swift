import Foundation
import Printing
import TestSupport
import Testing

struct PublishedFeedTests {
  private let feed = PublishedFeed(
    id: "tag:example.org,2025:answers", title: "金点子 · 答复", subtitle: "办结的建议 & 答复", home: "https://example.org/",
    address: "https://example.org/feed.atom",
    licence: PublishedLicence(name: "CC BY 4.0", address: "https://creativecommons.org/licenses/by/4.0/"),
    entries: [
      PublishedEntry(
        id: "tag:example.org,2025:12", title: "路灯", text: "已换新。\n<b>谢谢</b>", categories: ["城乡建设"],
        published: 1_754_000_000, author: "市城市管理和综合执法局"),
      PublishedEntry(
        id: "tag:example.org,2025:21", title: "井盖", text: "已盖好。", link: "https://example.org/21",
        published: 1_754_000_100,
        updated: 1_754_100_000, author: "市住房和城乡建设局"),
    ], tombstones: [PublishedTombstone(id: "tag:example.org,2025:3", withdrawn: 1_754_200_000)])

  @Test func atomIsWrittenInOrder() {
    let atom = String(decoding: AtomFeed.bytes(of: feed), as: UTF8.self)
    #expect(atom.hasPrefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""))
    #expect(atom.contains("<updated>2025-08-03T13:46:40+08:00</updated>"))
    #expect(atom.contains("<published>2025-08-01T06:13:20+08:00</published>"))
    #expect(atom.contains("<content type=\"text\">已换新。\n&lt;b&gt;谢谢&lt;/b&gt;</content>"))
    #expect(atom.contains("<at:deleted-entry ref=\"tag:example.org,2025:3\" when=\"2025-08-03T13:46:40+08:00\"/>"))
    #expect(atom.ranges(of: "<entry>").count == 2)
    let second = atom.firstRange(of: "2025:12")?.lowerBound ?? atom.startIndex
    let first = atom.firstRange(of: "2025:21")?.lowerBound ?? atom.endIndex
    #expect(first < second)
  }

  @Test func jsonFeedIsWrittenInOrder() throws {
    let json = try JSONValue(Data(JSONFeed.bytes(of: feed)))
    #expect(json["version"].text == "https://jsonfeed.org/version/1.1")
    #expect(json["items"].list.map(\.["id"].text) == ["tag:example.org,2025:21", "tag:example.org,2025:12"])
    #expect(json["items"][0]["url"].text == "https://example.org/21")
    #expect(json["items"][0]["date_modified"].text == "2025-08-02T10:00:00+08:00")
    #expect(json["items"][1]["content_text"].text == "已换新。\n<b>谢谢</b>")
    #expect(json["_golden_ideas"]["withdrawn"][0]["id"].text == "tag:example.org,2025:3")
  }

  @Test func theOrderOfEntriesDoesNotMatter() {
    var turned = feed
    turned.entries.reverse()
    #expect(AtomFeed.bytes(of: turned) == AtomFeed.bytes(of: feed))
    #expect(JSONFeed.bytes(of: turned) == JSONFeed.bytes(of: feed))
  }

  @Test func feedsPassTheGate() throws {
    let gate = PublicationGate(Conversion())
    for (format, bytes) in [(PrintFormat.atom, AtomFeed.bytes(of: feed)), (.json, JSONFeed.bytes(of: feed))] {
      #expect(try gate.findings(in: PrintedDocument(name: "feed", format: format, bytes: bytes)).isEmpty)
    }
  }
}
