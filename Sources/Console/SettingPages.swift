internal import Casework
internal import Store

/// 驿站 工作日历 时限与催办: what the rules folder sets, to be read; it is changed in its files.
enum SettingPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/administration/stations", for: .roles([.administrator]), stations),
    Endpoint(.get, "/administration/calendar", for: .roles([.administrator]), calendar),
    Endpoint(.get, "/administration/clocks", for: .roles([.administrator]), clocks),
  ]

  private static func stations(_ visit: Visit) async throws -> Reply {
    let (accounts, tallies) = try await visit.pool.read { store throws(StoreFault) in
      (try store.accounts(), try store.sourceTallies())
    }
    let books = Dictionary(tallies.map { ($0.source, $0) }) { first, _ in first }
    func keepers(_ code: String) -> [Account] {
      accounts.filter { account in
        !account.isDisabled
          && account.grants.contains { $0.scope.role == .stationKeeper && $0.scope.handler?.unit == code }
      }
    }
    let stations = visit.services.administration.settings.stations(visit.language)
    return AdministrationMenu.stations.page(
      "administration-stations", visit,
      [
        "stations": .objects(stations) { station in
          let (keepers, book) = (keepers(station.code), books["book:" + station.name])
          return [
            "code": .text(station.code), "name": .text(station.name), "region": .text(station.region),
            "address": .text(station.address),
            "facilities": .text(station.facilities.joined(separator: visit.say("、", ", "))),
            "keepers": .objects(keepers) {
              ["display": .text($0.display), "address": .text(UserPage.address($0.name))]
            },
            "hasNoKeeper": .flag(keepers.isEmpty), "entries": .number(book?.submissions ?? 0),
            "last": .optional(book?.lastAt.map(visit.names.moment)),
            "book": .text(BookOverview.address(station: station.code)),
          ]
        },
        "isEmpty": .flag(stations.isEmpty),
      ])
  }

  private static func calendar(_ visit: Visit) async throws -> Reply {
    let year = visit.request.query.number("year") ?? CalendarYear.year(of: visit.now)
    guard let words = visit.services.administration.settings.calendar(year, visit.language) else {
      throw VisitFault.field("year")
    }
    let view = CalendarYear(year: year, calendar: visit.services.casework().calendar, say: visit.language)
    return AdministrationMenu.calendar.page(
      "administration-calendar", visit,
      [
        "year": .number(year), "before": .number(year - 1), "after": .number(year + 1), "months": view.months,
        "isAnnounced": .flag(words.isAnnounced), "provisional": .text(words.provisional),
        "hours": .text(words.hours), "local": .list(words.local.map(PageValue.text)),
        "hasLocal": .flag(!words.local.isEmpty), "hasHolidays": .flag(!words.holidays.isEmpty),
        "holidays": .objects(words.holidays) {
          ["name": .text($0.name), "days": .number($0.days), "off": .text($0.off), "worked": .text($0.worked)]
        },
        "total": .number(words.workingDays.reduce(0, +)),
        "byMonth": .text(words.workingDays.map(String.init).joined(separator: " ")),
      ])
  }

  private static func clocks(_ visit: Visit) async throws -> Reply {
    let sets = visit.services.administration.settings.clocks(visit.language)
    func list(_ sets: [ClockSetWords]) -> PageValue {
      .objects(sets) { set in
        [
          "id": .text(set.id), "title": .text(set.title), "model": .text(set.model), "cases": .text(set.cases),
          "clocks": .objects(set.clocks) { ["name": .text($0.name), "rule": .text($0.rule)] },
        ]
      }
    }
    let others = sets.filter { !$0.isInForce }
    return AdministrationMenu.clocks.page(
      "administration-clocks", visit,
      [
        "sets": list(sets.filter(\.isInForce)), "others": list(others), "hasOthers": .flag(!others.isEmpty),
        "reminders": .objects(visit.services.administration.settings.reminders(visit.language)) { step in
          [
            "code": .text(step.code), "clocks": .text(step.clocks), "cases": .text(step.cases),
            "when": .text(step.when), "to": .text(step.to), "act": .text(step.act),
          ]
        },
      ])
  }
}
