internal import Casework
internal import Store

extension CaseValues {
  /// False where there are none.
  var photos: PageValue {
    let shown = CasePhotos(reading)
    guard !shown.photos.isEmpty else { return false }
    return [
      "list": .list(shown.photos.enumerated().map { .object(photo($1, number: $0 + 1)) }),
      "more": .optional(shown.more > 0 ? visit.say("另有 \(shown.more) 张", "and \(shown.more) more") : nil),
    ]
  }

  private func photo(_ photo: CasePhotos.Photo, number: Int) -> [String: PageValue] {
    let folder = photo.isAddress ? nil : visit.premises.settings.photos
    let kind = folder?.kind(of: photo.text)
    // What proves an act may be a number of another system, which no folder has.
    let isNamed = if case .submission = photo.origin { true } else { false }
    return [
      "text": .text(photo.text), "from": .text(origin(of: photo)),
      "address": .text("/cases/\(reading.detail.id)/photos/\(photo.code)"),
      "alt": .text(visit.say("照片 \(number)（事项 \(reading.detail.id)）", "Photo \(number) of case \(reading.detail.id)")),
      "isShown": .flag(kind != nil && kind != .other), "isFile": .flag(kind == .other),
      "isAddress": .flag(photo.isAddress), "isText": .flag(!photo.isAddress && kind == nil),
      "isMissing": .flag(folder != nil && kind == nil && isNamed),
    ]
  }

  private func origin(of photo: CasePhotos.Photo) -> String {
    switch photo.origin {
    case .submission(let number): visit.say("来件 \(number)", "submission \(number)")
    case .act(let number):
      reading.history.events.first { $0.number == number }.map {
        visit.names.act($0.action) + " " + visit.names.moment($0.at)
      } ?? ""
    }
  }
}
