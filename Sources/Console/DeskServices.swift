package import Casework
package import Store

/// What the desks need of other rooms: paper to print, and words.
package struct DeskServices: Sendable {
  /// Style sheets of what is printed, by the name they are served under.
  package var styles: [String: String]
  /// The whole page of the order that stands on a case; nil where none does.
  package var order: @Sendable (SuggestionStore, OrderWish, ConsoleLanguage) throws(StoreFault) -> String?
  /// A station's slips, as a whole page; nil where there is no such station.
  package var slips: @Sendable (SuggestionStore, SlipWish, ConsoleLanguage) throws(StoreFault) -> String?
  package var words: @Sendable (ConsoleLanguage) -> DeskWords

  package init(
    styles: [String: String],
    order: @escaping @Sendable (SuggestionStore, OrderWish, ConsoleLanguage) throws(StoreFault) -> String?,
    slips: @escaping @Sendable (SuggestionStore, SlipWish, ConsoleLanguage) throws(StoreFault) -> String?,
    words: @escaping @Sendable (ConsoleLanguage) -> DeskWords
  ) {
    self.styles = styles
    self.order = order
    self.slips = slips
    self.words = words
  }

  /// Names of the style sheets.
  package static let orderStyle = "order.css"
  package static let slipStyle = "slips.css"
}

/// A page that is printed: where its style is, and where to go from it.
package struct PaperFrame: Sendable, Hashable {
  package var style: String
  package var links: [Link]

  package struct Link: Sendable, Hashable {
    package var words: String
    package var address: String
  }
}

/// 承办通知单 as somebody wants it.
package struct OrderWish: Sendable {
  package var suggestion: Int
  package var rules: CaseworkRules
  /// Seconds since 1970.
  package var at: Int64
  /// The whole address that opens the form to answer, and the last second it is good for.
  package var link: (address: String, until: Int64)?
  /// Who wants the contact on it, and why; nil for an order without. It must have been released.
  package var opening: StaffAct?
  package var frame: PaperFrame
}

/// 回执条 as somebody wants them.
package struct SlipWish: Sendable {
  /// Code of the station.
  package var station: String
  /// Only what was taken in, or became known, from then on; seconds since 1970.
  package var since: Int64?
  /// With progress and answer, as far as there is something to bring back.
  package var hasAnswers: Bool
  package var rules: CaseworkRules
  /// Seconds since 1970.
  package var at: Int64
  /// The most there are, the newest.
  package var limit: Int
  /// Address before the code in the QR code.
  package var prefix: String
  package var frame: PaperFrame
}

/// Words and sentences of the desks, of one language.
package struct DeskWords: Sendable {
  package var step: @Sendable (CustodyTrail.Step) -> String
  package var errand: @Sendable (CaseErrand.What) -> String
  /// Book, page and line of an entry; the channel of what stands in no book.
  package var place: @Sendable (StationSubmission) -> String
  /// A stretch of seconds as people say it; a minus sign before what is over.
  package var span: @Sendable (Int64) -> String
  package var reporter: @Sendable (ReporterRefusal) -> String
  package var link: @Sendable (AnswerLinkRefusal) -> String

  package init(
    step: @escaping @Sendable (CustodyTrail.Step) -> String, errand: @escaping @Sendable (CaseErrand.What) -> String,
    place: @escaping @Sendable (StationSubmission) -> String, span: @escaping @Sendable (Int64) -> String,
    reporter: @escaping @Sendable (ReporterRefusal) -> String, link: @escaping @Sendable (AnswerLinkRefusal) -> String
  ) {
    self.step = step
    self.errand = errand
    self.place = place
    self.span = span
    self.reporter = reporter
    self.link = link
  }
}
