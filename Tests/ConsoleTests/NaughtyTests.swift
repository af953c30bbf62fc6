import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Texts made to break programs, everywhere a text can be given. A page may show any of them and be changed by none.
@Suite(.serialized) struct NaughtyTests {
  private static let harmless = "harmless words"

  /// Names of tags and attributes that templates have; what else the program writes is added as it is seen.
  private static let templates: Set<String> = PackageRoot.files(below: "Sources/Console/Pages")
    .filter { $0.hasSuffix(".mustache") }
    .reduce(into: []) { names, path in
      let text = String(decoding: (try? PackageRoot.bytes(path)) ?? [], as: UTF8.self)
      names.formUnion(MarkupReading(text.replacing(#/\{\{[^}]*\}\}/#, with: "")).names)
    }

  /// Somebody who has every page, and a case of the fixtures with an order.
  private struct Scene {
    let premises: TestPremises
    let cookie: String
    let test: TestCase
    /// Tags and attributes that pages may have.
    // Orders and slips are put together without a template: their foot and the picture of the code.
    var names = NaughtyTests.templates.union([
      "footer", "/footer", "svg", "/svg", "path", "/path", "rect", "/rect", "@d", "@fill", "@height",
      "@shape-rendering", "@viewbox", "@width",
    ])

    init() throws {
      premises = try TestPremises(settings: .patient())
      let unit = CaseHandler(unit: "housing")
      cookie = try premises.cookie(
        "everything", RoleScope(.lead, tracks: Set(Track.allCases)), RoleScope(.administrator),
        RoleScope(.stationKeeper, handler: CaseHandler(unit: "anfu", isStation: true)),
        RoleScope(.department, handler: unit), RoleScope(.departmentHead, handler: unit), RoleScope(.supervisor))
      test = try TestCase(premises)
      try test.order()
    }

    /// The path with its names filled in with what is there, but for the one that is tried.
    func address(_ endpoint: Endpoint, _ trying: String? = nil, _ value: String = "") -> String {
      var address = endpoint.path
      let code = endpoint.path.hasPrefix("/language") ? "en" : test.receipt
      var standard = ["{id}": String(test.id), "{action}": "note", "{tag}": "0", "{code}": code]
      standard["{name}"] = endpoint.path.hasPrefix("/assets") ? "console.css" : "everything"
      if let trying { standard[trying] = FormFields.encoded(value) }
      for (name, value) in standard { address = address.replacing(name, with: value) }
      return address.replacing(#/\{[a-z]+\}/#, with: "x")
    }

    /// - Parameter harmless: the answer to a text that means nothing, where the page's structure does not depend on it.
    func check(_ reply: Reply, like harmless: Likeness? = nil, _ place: @autoclosure () -> String) {
      if reply.status >= 500 { Issue.record("\(place()): \(reply.status)") }
      for header in reply.headers where header.value.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
        Issue.record("\(place()): \(header.name) has a control character")
      }
      if let location = reply.header("Location"), !NaughtyTests.isLocal(location) {
        Issue.record("\(place()): leads to \(location)")
      }
      if let harmless, harmless.status != reply.status {
        Issue.record("\(place()): \(reply.status) and not \(harmless.status)")
        return
      }
      guard reply.type.hasPrefix("text/html") else { return }
      let page = MarkupReading(reply.text)
      let strange = page.names.subtracting(names)
      if !strange.isEmpty { Issue.record("\(place()): has \(strange.sorted())") }
      if page.isCut { Issue.record("\(place()): ends in the middle") }
      if !page.foreignAddresses.isEmpty { Issue.record("\(place()): points to \(page.foreignAddresses)") }
      if !page.doubled.isEmpty { Issue.record("\(place()): an attribute twice in \(page.doubled)") }
      guard let harmless else { return }
      let (own, other) = (page.skeleton, harmless.skeleton)
      if own != other {
        let first = zip(own, other).first { $0 != $1 }.map { "<\($0)> and not <\($1)>" } ?? "at its end"
        Issue.record("\(place()): another structure, \(own.count) and not \(other.count) tags; first \(first)")
      }
    }

    mutating func learn(_ reply: Reply) {
      if reply.type.hasPrefix("text/html") { names.formUnion(MarkupReading(reply.text).names) }
    }
  }

  /// What answers must have in common.
  private struct Likeness {
    let status: Int
    let skeleton: [String]

    init(_ reply: Reply) {
      status = reply.status
      skeleton = reply.type.hasPrefix("text/html") ? MarkupReading(reply.text).skeleton : []
    }
  }

  private static func isLocal(_ location: String) -> Bool {
    location.hasPrefix("/") && !location.hasPrefix("//")
      && location.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }
  }

  private static func query(_ names: [String], _ value: String) -> String {
    names.isEmpty ? "" : "?" + FormFields(names.map { (name: $0, value: value) }).encoded
  }

  /// Every name an address of ours can carry, and some it cannot.
  private static let fields =
    QueueQuery.names.sorted() + [
      "from", "item", "after", "done", "next", "name", "display", "code", "text", "reason", "view", "notice", "year", "kinds",
      "error", "fault", "file", "rule", "id", "ids", "to", "with", "into", "unit", "tab", "page", "before", "actor", "action",
      "subject", "group", "what", "language", "link", "seen", "\"><b>", "{{x}}",
    ]

  // MARK: Addresses

  @Test func everyPageTakesThemInItsQuery() async throws {
    var scene = try Scene()
    let texts = NaughtyStrings.joined(most: 1_000)
    for endpoint in scene.premises.reception.endpoints where endpoint.method == .get {
      let address = scene.address(endpoint)
      func get(_ names: [String], _ value: String) async -> Reply {
        await scene.premises.get(address + NaughtyTests.query(names, value), scene.cookie)
      }
      let bare = await get([], "")
      scene.learn(bare)
      // A page that refuses a date it cannot read is asked without the date too, or it would show nothing else.
      var groups = [NaughtyTests.fields]
      if bare.status < 400, await get(NaughtyTests.fields, NaughtyTests.harmless).status >= 400 {
        var (taken, refused): ([String], [String]) = ([], [])
        for name in NaughtyTests.fields {
          if await get([name], NaughtyTests.harmless).status < 400 { taken.append(name) } else { refused.append(name) }
        }
        groups = [taken] + refused.map { [$0] }
      }
      for names in groups {
        let harmless = await get(names, NaughtyTests.harmless)
        scene.check(harmless, "\(endpoint.path) harmless")
        let likeness = Likeness(harmless)
        for (number, text) in texts.enumerated() {
          let reply = await get(names, text)
          // Redirections carry the text on.
          scene.check(reply, like: likeness, "\(endpoint.path) \(names.first ?? "") text \(number)")
        }
      }
    }
  }

  @Test func everyPageTakesThemInItsPath() async throws {
    let scene = try Scene()
    let texts = NaughtyStrings.joined(most: 1_000) + NaughtyStrings.own.filter { !$0.isEmpty }
    for endpoint in scene.premises.reception.endpoints where endpoint.method == .get {
      for name in endpoint.path.matches(of: #/\{[a-z]+\}/#).map({ String($0.output) }) {
        let harmless = Likeness(
          await scene.premises.get(scene.address(endpoint, name, NaughtyTests.harmless), scene.cookie))
        for (number, text) in texts.enumerated() {
          let reply = await scene.premises.get(scene.address(endpoint, name, text), scene.cookie)
          let place = "\(endpoint.path) \(name) text \(number)"
          // A number may be somebody's.
          scene.check(reply, like: Int(text) == nil ? harmless : nil, place)
        }
      }
    }
  }

  /// Alone, as what several in a row would hide is a string that means something by itself.
  @Test func eachAloneWhereItIsShown() async throws {
    let scene = try Scene()
    let places: [(String, [String], String?)] = [
      ("/sign-in", ["name", "next"], nil), ("/sign-in", ["next"], scene.cookie), ("/status", ["code"], nil),
      ("/language/en", ["next"], nil), ("/find", ["q"], scene.cookie),
      ("/administration/history", ["actor"], scene.cookie),
    ]
    for (path, names, cookie) in places {
      let harmless = Likeness(
        await scene.premises.get(path + NaughtyTests.query(names, NaughtyTests.harmless), cookie))
      for (number, string) in NaughtyStrings.all.enumerated() {
        let reply = await scene.premises.get(path + NaughtyTests.query(names, string), cookie)
        let isBlank = NaughtyStrings.isBlank(string)
        scene.check(reply, like: isBlank ? nil : harmless, "\(path) string \(number)")
      }
    }
  }

  // MARK: Forms

  /// Forms that are refused show again what was typed.
  @Test func whatIsTypedAndRefusedIsShownAgain() async throws {
    let scene = try Scene()
    let act = "/cases/\(scene.test.id)/acts/"
    let forms: [(String, [(String, String)], [String])] = [
      ("/sign-in", [("password", "")], ["name", "next"]), (act + "reject", [], ["reason", "next", "seen"]),
      (act + "merge", [], ["into"]), (act + "split", [("reason", "x")], ["parts"]), (act + "note", [], ["reason", "seen"]),
      ("/reporters", [], ["badge", "name", "contact"]), ("/status", [], ["code"]),
      ("/administration/users", [("name", "everything")], ["display"]),
    ]
    for (address, fixed, names) in forms {
      func post(_ text: String) async -> Reply {
        await scene.premises.post(address, fixed + names.map { ($0, text) }, scene.cookie)
      }
      let harmless = Likeness(await post(NaughtyTests.harmless))
      #expect(harmless.status >= 400 && harmless.status < 500, "\(address)")
      for (number, text) in NaughtyStrings.joined(most: 1_000).enumerated() {
        scene.check(await post(text), like: harmless, "\(address) text \(number)")
      }
      for (number, string) in NaughtyStrings.own.enumerated() where !NaughtyStrings.isBlank(string) && Int(string) == nil {
        scene.check(await post(string), like: harmless, "\(address) own string \(number)")
      }
    }
  }

  /// What is taken stands on pages of others.
  @Test func whatIsTypedAndTakenIsShownToOthers() async throws {
    var scene = try Scene()
    let (premises, cookie) = (scene.premises, scene.cookie)
    let texts = NaughtyStrings.joined(most: 300)
    func post(_ address: String, _ fields: [(String, String)]) async -> Reply {
      await premises.post(address, fields, cookie)
    }
    _ = await post("/administration/users", [("name", "user-harmless"), ("display", NaughtyTests.harmless)])
    let harmless = await premises.get("/administration/users/user-harmless", cookie)
    scene.learn(harmless)
    let likeness = Likeness(harmless)
    #expect(harmless.status == 200)
    var taken = 0
    for (number, text) in texts.enumerated() {
      let note = await post("/cases/\(scene.test.id)/acts/note", [("text", text), ("reason", text)])
      scene.check(note, "note \(number)")
      if note.status == 303 { taken += 1 }
      let query = "q=" + FormFields.encoded(text)
      let view = [("name", String(text.prefix(20))), ("query", query), ("shared", "1")]
      scene.check(await post("/queue/views", view), "view \(number)")
      let name = "user-\(number)"
      let display = String(text.prefix(60))
      let user = await post("/administration/users", [("name", name), ("display", display)])
      scene.check(user, "user \(number)")
      if user.status == 303 {
        scene.check(await premises.get("/administration/users/" + name, cookie), like: likeness, "page of user \(number)")
      }
      scene.check(await post("/rules/try", [("text", text), ("title", text)]), "rules tried on \(number)")
    }
    #expect(taken > texts.count / 2)
    #expect(try premises.store.accounts().count > texts.count / 2)
    for page in ["", "/pane", "/similar", "/order"] {
      scene.check(await premises.get("/cases/\(scene.test.id)\(page)", cookie), "the case\(page)")
    }
    let lists = ["/queue", "/queue?q=x", "/administration/users", "/administration/history", "/desk", "/supervision"]
    for address in lists {
      scene.check(await premises.get(address, cookie), "\(address)")
    }
    scene.check(await premises.post("/cases/\(scene.test.id)/original", [("reason", texts[0])], cookie), "the original")
  }

  // MARK: Suggestions

  @Test func suggestionsMadeOfThemAreOnlyText() async throws {
    let scene = try Scene()
    let (premises, cookie) = (scene.premises, scene.cookie)
    let names = premises.premises.services.codeNames
    func queued() throws -> [QueueItem] {
      try Track.allCases.flatMap { try premises.store.queue(limit: 10_000, track: $0, names: names) }
    }
    let before = Set(try queued().map(\.id))
    let lines = NaughtyStrings.all.enumerated().map { number, string -> String in
      let record: [String: Any] = [
        "id": "N-\(number)", "title": string, "content": "第 \(number) 件 " + string, "category": "金点子",
        "submitted_at": "2025-07-01T09:00:00+08:00", "district": string, "address": string, "station": "安富驿站",
        "contact": ["name": string],
      ]
      let data = (try? JSONSerialization.data(withJSONObject: record, options: [.sortedKeys])) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }
    try premises.ingest(lines, named: "naughty.jsonl", profile: "dezhihui-json")
    let items = try queued().filter { !before.contains($0.id) }
    #expect(items.count > lines.count / 2)
    for item in items {
      scene.check(await premises.get("/cases/\(item.id)", cookie), "case \(item.id)")
      if item.id.isMultiple(of: 8) {
        let reason = [("reason", "核对")]
        scene.check(await premises.post("/cases/\(item.id)/original", reason, cookie), "original of \(item.id)")
        scene.check(await premises.get("/status/\(item.receipt)"), "progress of \(item.id)")
        scene.check(await premises.get("/cases/\(item.id)/pane", cookie), "pane of \(item.id)")
      }
    }
    for track in Track.allCases {
      var from: String? = "/queue?order=newest&track=\(track.code)"
      while let address = from {
        let reply = await premises.get(address, cookie)
        scene.check(reply, "\(address)")
        from = reply.text.firstMatch(of: #/class="button" href="(\/queue\?[^"]*from=[^"]*)"/#)
          .map { String($0.output.1).replacing("&amp;", with: "&") }
      }
    }
    for address in ["/station", "/station/slips", "/", "/supervision"] {
      scene.check(await premises.get(address, cookie), "\(address)")
    }
  }
}
