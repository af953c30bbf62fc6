import Casework
import Console
import Delivery
import Foundation
import Rules
import Store
import Suggestions
import Text

extension ConsoleComposition {
  /// What the commands print, for the pages of administration.
  func administration() -> AdministrationServices {
    let (database, present, settings) = (common.database, book, settings)
    return AdministrationServices(
      bookVersion: { [book] in book.book.version }, workers: workers,
      verification: VerificationDesk { () throws(StoreFault) in
        let store = try SuggestionStore(url: database, access: .existing, folding: Folding.version)
        defer { try? store.close() }
        return try store.verify(under: settings.settings.rules(under: present.present))
      },
      scope: { [book] in ScopeWords(names: BookNames(book: book.book, language: Language($1))).text($0) },
      refusal: { Messages(language: Language($2)).account($0, $1) },
      password: { Messages(language: Language($1)).password($0) },
      finding: { Messages(language: Language($1)).verification($0) },
      events: EventWords(codes: Messages.eventCodes) { Messages(language: Language($1)).event($0) },
      settings: settingWords(), outbox: outboxWords(),
      retention: RetentionWording(
        rules: { policy, language in
          RetentionScreen(messages: Messages(language: Language(language))).rules(policy).map {
            RetentionWording.Rule(name: $0.name, rule: $0.rule)
          }
        },
        kind: { RetentionScreen(messages: Messages(language: Language($1))).name($0) },
        count: { RetentionScreen(messages: Messages(language: Language($1))).count($0) }))
  }

  private func settingWords() -> SettingWords {
    let (present, settings) = (book, settings)
    return SettingWords(
      stations: { language in
        let book = present.book
        let names = BookNames(book: present.book, language: Language(language))
        return book.stations.map { station in
          let region = book.regions[station.region].code
          return StationWords(
            code: station.code, name: station.name, region: names.region(region) ?? region, address: station.address,
            facilities: station.facilities)
        }
      },
      calendar: { year, language in
        let screen = CalendarScreen(settings.settings, year: year, messages: Messages(language: Language(language)))
        return screen.map { CalendarWords($0) }
      },
      clocks: { language in
        let names = BookNames(book: present.book, language: Language(language))
        let words = ClockSetScreen(names: names)
        let clocks = settings.settings.clocks
        return clocks.sets.map { words.words($0, isInForce: clocks.inForce.contains($0.model)) }
      },
      reminders: { language in
        let words = ClockSetScreen(names: BookNames(book: present.book, language: Language(language)))
        return settings.settings.ladder.rungs.map { words.words($0) }
      })
  }

  private func outboxWords() -> OutboxWording {
    // A mail server that is set wrong is told by the worker that needs it.
    let settings = try? OutboxSettings(common.messages)
    return OutboxWording(
      kind: { Messages(language: Language($1)).messageKind($0) },
      fault: { Messages(language: Language($1)).transferFault($0) },
      address: { OutboxScreen.shown($0) },
      checked: { medium, text, language in
        let messages = Messages(language: Language(language))
        switch medium {
        case .mail:
          guard let address = MailAddress(text) else { return .failure(AddressRefusal(messages.mailAddress(text))) }
          return .success(address.text)
        case .webhook:
          do throws(AddressFault) {
            return .success(try WebhookAddress(text, under: settings?.rule ?? AddressRule()).text)
          } catch {
            return .failure(AddressRefusal(messages.webhookAddress(error)))
          }
        }
      },
      secret: { store, receiver, moment throws(StoreFault) in
        receiver.medium == .webhook ? try WebhookSecret.shown(of: receiver, store, at: moment) : nil
      },
      hasMail: settings?.mail != nil)
  }
}

extension CalendarWords {
  init(_ screen: CalendarScreen) {
    self.init(
      isAnnounced: screen.notice != nil,
      holidays: screen.holidays.map { holiday in
        Holiday(
          name: holiday.name, days: holiday.off.count, off: screen.stretches(holiday.off),
          worked: holiday.worked.map(screen.day).joined(separator: " "))
      },
      local: screen.local, hours: screen.officeHours, workingDays: screen.workingDays, provisional: screen.provisional)
  }
}

/// A role with its scope, in words: `承办单位 · 鼎城区住建局 · 全市 · 含敏感`.
struct ScopeWords {
  let names: BookNames

  func text(_ scope: RoleScope) -> String {
    let messages = Messages(language: names.language)
    var parts = [messages.word(scope.role)]
    if let handler = scope.handler { parts.append(names.handler(handler)) }
    parts.append(
      scope.regions.isEmpty
        ? messages("全市", "whole city")
        : scope.regions.sorted().map { names.region($0) ?? $0 }.joined(separator: messages("、", ", ")))
    if scope.tracks.contains(.sensitive) {
      let isOnly = !scope.tracks.contains(.ordinary)
      parts.append(isOnly ? messages("仅敏感", "sensitive only") : messages("含敏感", "and sensitive"))
    }
    return parts.joined(separator: " · ")
  }
}
