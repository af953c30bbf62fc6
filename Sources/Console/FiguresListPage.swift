internal import Casework
internal import Store
internal import Suggestions

/// 名单: the cases behind a figure. Which they are is known to whoever sees the figure; what they say only to those who
/// may open them.
enum FiguresListPage {
  static let size = 25

  static func show(_ visit: Visit) async throws -> Reply {
    let fields = visit.request.query
    // What cannot be read is said before anything is counted.
    let present = FiguresQuery(month: FiguresMonth(day: FiguresMonth.day(of: visit.now)), moment: .received)
    _ = try CaseSheetFilter(try FiguresQuery(fields, or: present), fields)
    guard let look = try await FiguresPages.look(visit) else { return FiguresPages.waiting(visit) }
    let filter = try CaseSheetFilter(look.query, fields)
    guard look.reach.tracks.contains(filter.track), filter.track == .ordinary || !filter.isNarrow else {
      throw VisitFault.notFound
    }
    let after = max(0, fields.number("after") ?? 0)
    let (reach, scope) = (look.reach, visit.services.figures.scope())
    let sheet = look.sheet
    // On a thread of the store's, as every row of the sheet is looked at.
    let (found, total) = try await visit.pool.read { _ throws(StoreFault) in
      sheet.list(filter, scope, reach: reach, after: after, limit: size + 1)
    }
    let cases = Array(found.prefix(size))
    let lines = try await lines(of: cases.map(\.id), visit)
    let rest = found.count > size ? fields.with("after", cases.last.map { String($0.id) }) : nil
    let marks = filter.indicator.map { $0.unit == .share } ?? false
    return visit.page(
      "figures-list", title: visit.say("名单", "List"), section: .figures,
      [
        "back": .text(look.query.address("/figures")), "words": .list(words(filter, look, visit).map { .text($0) }),
        "total": .number(total), "isNone": .flag(total == 0), "hasCases": .flag(!cases.isEmpty),
        "asOf": .text(visit.names.moment(sheet.asOf)), "hasMarks": .flag(marks),
        "next": .optional(rest.map { "/figures/list?" + $0.encoded }),
        "hidden": cases.count > lines.count ? .number(cases.count - lines.count) : false,
        "definition": .optional(
          filter.indicator.map { FiguresQuery.definition($0.code) }
            ?? (filter.openOn != nil ? FiguresQuery.definition("backlog") : nil)
            ?? (filter.closedOn != nil ? FiguresQuery.definition("flow") : nil)),
        "rows": .objects(cases) { row in self.row(row, lines[row.id], marks, visit) },
      ])
  }

  /// Those the visitor may see, by number.
  private static func lines(of ids: [Int], _ visit: Visit) async throws -> [Int: CaseLine] {
    let path = visit.services.casework().regionPath
    let lines = try await visit.pool.read { store throws(StoreFault) in
      try store.caseLines(of: ids, regionPath: path)
    }
    let seen = lines.filter { visit.visitor.actors.maySee($0.outline) }
    return Dictionary(seen.map { ($0.id, $0) }) { first, _ in first }
  }

  private static func row(
    _ row: CaseSheet.Listed, _ line: CaseLine?, _ marks: Bool, _ visit: Visit
  ) -> [String: PageValue] {
    let words = visit.services.figures
    return [
      "id": .number(row.id), "isOpen": .flag(line != nil), "receipt": .text(line?.receipt ?? ""),
      "title": .text(line.map { $0.title.isEmpty ? $0.excerpt : $0.title } ?? ""),
      "topic": .text(words.group(row.topic, .topic, visit.language)),
      "region": .text(words.group(row.region, .area, visit.language)),
      "state": .text(visit.names.word(row.state.code)),
      "unit": .text(row.unit.map { words.group($0, .department, visit.language) } ?? ""),
      "day": .text(FiguresMonth.text(ofDay: row.day)),
      "marks": .text(marks ? "\(row.parts ?? 0)/\(row.wholes ?? 0)" : ""),
    ]
  }

  /// What the list is of, a phrase each.
  private static func words(
    _ filter: CaseSheetFilter, _ look: FiguresPages.Look, _ visit: Visit
  ) -> [String] {
    let (say, services) = (visit.language, visit.services.figures)
    var words: [String] = []
    if let day = filter.openOn {
      words.append(say("\(FiguresMonth.text(ofDay: day)) 终了时在办", "open at the end of \(FiguresMonth.text(ofDay: day))"))
      if let age = filter.age, let band = CaseSheet.ages.firstIndex(of: age) {
        words.append(FiguresValues.ageNames(say)[band])
      }
    } else if let day = filter.closedOn {
      words.append(say("\(FiguresMonth.text(ofDay: day)) 办结", "closed on \(FiguresMonth.text(ofDay: day))"))
    } else if let days = filter.days {
      let name = days.count == 1 ? FiguresMonth.text(ofDay: days.lowerBound) : look.query.month.name(say)
      words.append(
        filter.moment == .submitted ? say("\(name)提交", "written in \(name)") : say("\(name)收到", "received in \(name)"))
    }
    if filter.track == .sensitive { words.append(say("敏感通道", "sensitive track")) }
    let groups: [(CaseDimension, String?)] = [
      (.topic, filter.topic), (.area, filter.area), (.station, filter.station), (.channel, filter.channel),
      (.department, filter.unit),
    ]
    for (dimension, code) in groups {
      if let code { words.append(services.group(code.isEmpty ? nil : code, dimension, say)) }
    }
    if let indicator = filter.indicator {
      words.append(services.name(indicator, say))
      if let isPart = filter.isPart {
        words.append(isPart ? say("只看分子", "numerator only") : say("不在分子里的", "not in the numerator"))
      }
    }
    return words
  }
}
