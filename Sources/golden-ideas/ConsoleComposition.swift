import ArgumentParser
import Casework
package import Console
import Foundation
import Pipeline
import Rules
import Stages
import Store
import Suggestions
import Text

/// What the console is given of the rooms it does not see.
package struct ConsoleComposition {
  let common: CommonOptions
  let book: PresentBook
  let settings: PresentSettings
  /// What goes on in the background, told by who does it.
  let workers = WorkerBoard()
  /// Takes in what is sent from pages.
  let desk: IntakeDesk

  /// As with the options of a command line: `["--database", …, "--rules", …]`.
  package init(options: [String]) throws { try self.init(CommonOptions.parse(options)) }

  init(_ common: CommonOptions) throws {
    self.common = common
    book = PresentBook(try common.loadBook())
    do {
      settings = try PresentSettings(folder: common.rulesFolder)
    } catch let fault as CaseworkFault {
      throw Outcome.notStarted(common.messages.casework(fault, folder: common.rulesFolder))
    }
    desk = IntakeDesk(common, book)
  }

  /// Seconds for which a split waits for an intake; as long nobody else's decision is written.
  private static let splitPatience = 3

  /// What a store must have been folded with.
  package var folding: UInt64 { Folding.version }

  package func services() -> ConsoleServices {
    let book = book
    let earlier = EarlierBooks()
    let settings = settings
    var services = ConsoleServices(
      now: { LocalTime.now },
      phrases: { book.present.phrases($0) },
      casework: { settings.settings.rules(under: book.present) },
      codeNames: .standard, catalogue: { book.present.catalogue($0) },
      proposed: { book.book.proposal(for: $0) },
      handler: { try? CaseHandler(unit: $0, book.book, Messages(language: .zh)) },
      district: { book.book.district(of: $0) },
      topicsUnder: { book.book.topicsInside($0) }, regionsInside: { book.book.regionsInside($0) },
      searchFolding: .standard,
      urgencyPoints: { code in
        Urgency.allCases.first { $0.code == code }.flatMap { book.book.basePriority[$0] } ?? 0
      },
      explain: { store, submission, language throws(StoreFault) in
        let taken = try VerdictExplaining(store, book: book.book, earlier: earlier).explanation(of: submission)
        return taken.map { explanation, book in
          Reasons(lines: ReasonScreen(explanation, by: book, messages: Messages(language: Language(language))).lines)
        }
      },
      similar: { store, id, language throws(StoreFault) in
        let book = book.book
        let search = SameMatterSearch(store, by: book, asOf: LocalTime.now)
        let finding = try search.candidates(for: id, least: MatterScore.likely, takingIn: 2_000)
        let messages = Messages(language: Language(language))
        let words = SameMatterWords(names: BookNames(book: book, language: Language(language)), messages: messages)
        return (finding?.candidates ?? []).filter { !$0.isNear }.prefix(3).map { candidate in
          SimilarMatter(
            suggestion: candidate.suggestion, title: candidate.title,
            excerpt: TextTable.cut(SameMatterWords.oneLine(candidate.body), to: 120),
            score: candidate.score.thousandths, parts: words.parts(candidate))
        }
      },
      checked: { store, id, action, text, language throws(StoreFault) in
        guard let detail = try store.suggestion(id: String(id), members: 1, names: .standard),
          let first = detail.members.first
        else { return CheckedWords(text: text, doubts: []) }
        let names = BookNames(book: book.book, language: .zh)
        let places = [names.region(detail.region), names.station(detail.station)].compactMap(\.self)
        let checking = AnswerChecking(gate: settings.settings.gate, messages: Messages(language: Language(language)))
        let (kept, doubts) = checking.look(
          at: text, for: action, to: AnswerGateMessage(title: first.title, body: first.body, places: places))
        return CheckedWords(text: kept, doubts: checking.lines(doubts.filter { $0.severity > .note }))
      },
      writers: writers(), administration: administration(), rules: rules(),
      desks: desks(), figures: figures())
    services.intake = intake()
    let common = common
    services.split = { order throws(StoreFault) in
      let store = try SuggestionStore(url: common.database, access: .existing, folding: Folding.version)
      defer { try? store.close() }
      let lock: IntakeLock
      do throws(StoreFault) {
        lock = try IntakeLock(store: store, patience: ConsoleComposition.splitPatience)
      } catch .locked {
        return .failure(.busy)
      }
      defer { withExtendedLifetime(lock) {} }
      return try Splitting(store, by: book.book, under: settings.settings.rules(under: book.present)).split(order)
    }
    return services
  }
}

extension Language {
  init(_ language: ConsoleLanguage) { self = language == .zh ? .zh : .en }
}

extension Phrasebook {
  init(_ book: RuleBook, _ language: Language) {
    let messages = Messages(language: language)
    let names = BookNames(book: book, language: language)
    self.init(
      word: { messages.word($0) }, act: { messages.word($0) }, need: { messages.word($0) },
      role: { messages.word($0) }, rejection: { messages.word($0) }, outcome: { messages.word($0) },
      clock: { messages.word($0) }, clockStatus: { messages.word($0) }, topic: { names.topic($0) },
      topicPath: { names.topicPath($0) }, region: { names.region($0) }, station: { names.station($0) },
      handler: { names.handler($0) }, department: { names.department($0, tier: $1, region: $2) },
      refusal: { messages.refusal($0) }, splitRefusal: { messages.refusal($0) }, fault: { messages.store($0) }, moment: { LocalTime.short($0) })
  }
}

extension Catalogue {
  init(_ book: RuleBook, _ language: Language) {
    let names = BookNames(book: book, language: language)
    self.init(
      topics: book.topics.indices.map { index in
        let code = book.topics[index].code
        return Entry(code: code, name: names.topic(code) ?? code, level: book.path(ofTopic: index).count - 1)
      },
      departments: book.departments.map { Entry(code: $0.code, name: names.department($0.code, tier: nil, region: nil) ?? $0.code) },
      regions: book.regions.indices.map { index in
        let code = book.regions[index].code
        return Entry(code: code, name: names.region(code) ?? code, level: book.chain(ofRegion: index).count - 1)
      },
      stations: book.stations.map { Entry(code: $0.code, name: names.station($0.code) ?? $0.code) },
      districts: Set(book.regions.indices.compactMap { book.district(ofRegion: $0) }).sorted().map { index in
        let code = book.regions[index].code
        return Entry(code: code, name: names.region(code) ?? code)
      })
  }
}
