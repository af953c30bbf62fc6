import Casework
import Console
import Rules
import Store
import Suggestions

extension ConsoleComposition {
  /// Paper and words for the desks.
  func desks() -> DeskServices {
    let book = book
    @Sendable func words(_ language: ConsoleLanguage) -> WriterWords {
      WriterWords(
        language: Language(language), unitName: BookNames(book: book.book, language: Language(language)).handler)
    }
    return DeskServices(
      styles: [DeskServices.orderStyle: "\(OrderStyle.sheet)", DeskServices.slipStyle: "\(SlipStyle.sheet)"],
      order: { store, wish, language throws(StoreFault) in
        let assembly = OrderAssembly(book: book.book, language: Language(language), rules: wish.rules)
        guard let history = try store.caseHistory(of: wish.suggestion, regionPath: wish.rules.regionPath),
          let detail = try store.suggestion(id: String(wish.suggestion), members: 1, names: .standard),
          var order = assembly.order(on: detail, history, asOf: wish.at)
        else { return nil }
        order.link = wish.link
        if let opening = wish.opening {
          order.contact = try assembly.contact(of: wish.suggestion, by: opening, in: store)
        }
        return OrderPage(order, words: words(language)).markup(.linked(wish.frame.style), links: wish.frame.screenLinks)
      },
      slips: { store, wish, language throws(StoreFault) in
        guard let station = book.book.stations.first(where: { $0.code == wish.station }) else { return nil }
        let assembly = SlipAssembly(words: words(language), rules: wish.hasAnswers ? wish.rules : nil)
        let slips = try assembly.slips(
          of: station, since: wish.since, asOf: wish.at, limit: wish.limit, in: store)
        return SlipPage(station: station.name, address: station.address, prefix: wish.prefix, words: words(language))
          .markup(slips.map(\.slip), .linked(wish.frame.style), links: wish.frame.screenLinks)
      },
      words: { language in
        let messages = Messages(language: Language(language))
        return DeskWords(
          step: { messages.word($0) }, errand: { messages.word($0) }, place: { messages.place($0) },
          span: { messages.span($0) }, reporter: { messages.reporter($0) }, link: { messages.answerLink($0, "") })
      })
  }
}

extension PaperFrame {
  fileprivate var screenLinks: [ScreenLink] { links.map { ScreenLink($0.words, to: $0.address) } }
}
