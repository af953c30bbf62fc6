import Rules
import Suggestions

/// The places a text names, each with where it stands and what it means.
struct NamedPlaceScreen {
  let book: RuleBook
  let text: MarkedText
  let places: [NamedPlace]
  let messages: Messages

  /// One line a place: ⟦花溪路口⟧0  路口  鼎城区 430703.
  var lines: [String] { places.map(line) }

  private func line(_ place: NamedPlace) -> String {
    let names = BookNames(book: book, language: messages.language)
    func region(_ index: Int) -> String {
      let code = book.regions[index].code
      return "\(names.region(code) ?? code) \(code)"
    }
    let part = place.part == .title ? messages("标题", "title") : ""
    var words = ["⟦\(text.excerpt(place.part, place.scalars))⟧\(part)\(place.scalars.lowerBound)"]
    if let level = place.level { words.append(messages.placeLevel(level)) }
    if let station = place.station { words.append("\(book.stations[station].name) \(book.stations[station].code)") }
    if let index = place.region {
      words.append(region(index))
    } else if place.isAmbiguous {
      words.append(messages("待问：", "to ask: ") + place.candidates.map(region).joined(separator: messages("、", ", ")))
    }
    return words.joined(separator: "  ")
  }

  func write(to list: inout JSONWriter) {
    for place in places {
      list.object {
        $0.field("text", text.excerpt(place.part, place.scalars))
        $0.field("part", place.part.rawValue)
        $0.field("start", place.scalars.lowerBound)
        $0.field("count", place.scalars.count)
        $0.field("level", place.level?.rawValue)
        $0.field("code", place.region.map { book.regions[$0].code })
        $0.field("station", place.station.map { book.stations[$0].code })
        $0.array("candidates") { codes in for index in place.candidates { codes.field(nil, book.regions[index].code) } }
      }
    }
  }
}
