package import Casework
internal import Store

/// One request on its way: who asks for what, and what a page needs to answer.
package struct Visit: Sendable {
  package var request: VisitRequest
  package var visitor: Visitor
  /// From the path.
  package var parameters: [String: String]
  /// Seconds since 1970, the same throughout the request.
  package var now: Int64
  /// The case the path names, where the page is about one; who asks may see it.
  package var history: CaseHistory?
  package var premises: Premises

  package var language: ConsoleLanguage { visitor.language }
  package var names: Phrasebook { premises.services.phrases(language) }
  package var pool: StorePool { premises.pool }
  package var services: ConsoleServices { premises.services }

  package func say(_ zh: String, _ en: String) -> String { language(zh, en) }

  /// Number of the case in the path.
  package var caseID: Int { parameters["id"].flatMap { Int($0) } ?? 0 }

  /// The first capacity the visitor may do something to a case in; else the first that sees it, so that a refusal says
  /// what is really missing.
  package func actor(for action: CaseAction, on file: CaseFile) -> CaseActor? {
    let seeing = visitor.actors.filter { AccessRule.refusal(of: CaseOutline(file), to: $0) == nil }
    let rows = CaseLifecycle.edges(of: action).filter { $0.fits(file.state, file.kind, file.track) }
    let able = visitor.actors.filter { actor in rows.contains { $0.roles.contains(actor.role) } }
    // A person who is head and clerk of a unit does a clerk's act as the clerk.
    return able.first { actor in seeing.contains(actor) } ?? able.first ?? seeing.first ?? visitor.actors.first
  }

  /// A whole page in the frame every page has.
  ///
  /// - Parameters:
  ///   - template: its name.
  ///   - title: of the browser's window.
  ///   - section: which of the main places it belongs to, see ``MainPlace``.
  ///   - back: where a change of language comes back to, where that is not the page itself.
  package func page(
    _ template: String, title: String, section: MainPlace? = nil, status: Int = 200, back: String? = nil,
    _ value: [String: PageValue]
  ) -> Reply {
    var value = value
    value["frame"] = frame(title, section, back ?? self.back)
    return .page(premises.render(template, .object(value), in: language), status: status)
  }

  /// A part of a page, for the script to put in its place.
  package func fragment(_ template: String, _ value: [String: PageValue]) -> Reply {
    .page(premises.render(template, .object(value), in: language))
  }

  private func frame(_ title: String, _ section: MainPlace?, _ back: String) -> PageValue {
    let places = MainPlace.places(for: visitor)
    var frame: [String: PageValue] = [
      "lang": .text(language.tag), "title": .text(title),
      "styles": .text(premises.assets.address(of: "console.css")),
      "script": .text(premises.assets.address(of: "console.js")),
      "places": .objects(places) { place in
        [
          "address": .text(place.address), "name": .text(place.name(language)),
          "isCurrent": .flag(place == section),
        ]
      },
      "hasPlaces": .flag(!places.isEmpty),
      "other": .object([
        "code": .text(language == .zh ? "en" : "zh"), "name": .text(language == .zh ? "English" : "中文"),
        "lang": .text(language == .zh ? "en" : "zh-Hans"), "back": .text(FormFields.encoded(back)),
      ]),
    ]
    if let account = visitor.account {
      frame["account"] = .object([
        "name": .text(account.name), "display": .text(account.display),
        "roles": .text(
          visitor.actors.map { names.role($0.role) }.reduce(into: [String]()) { list, role in
            if !list.contains(role) { list.append(role) }
          }.joined(separator: say("、", ", "))),
      ])
    }
    if let notice = request.query["notice"], let text = Notice(rawValue: notice)?.text(language) { frame["notice"] = .text(text) }
    return .object(frame)
  }

  /// Where a change of language comes back to: forms that were sent are not sent again.
  private var back: String {
    guard request.method == .get else { return "/" }
    return request.path + (request.query.fields.isEmpty ? "" : "?" + request.query.encoded)
  }
}
