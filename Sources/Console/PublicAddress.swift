/// Addresses that go out on paper: whole, so that a telephone opens them.
struct PublicAddress {
  /// `https://ideas.example.cn`.
  private let origin: String

  /// As the visitor's own browser calls us; the address we listen on where it says nothing sensible.
  init(_ visit: Visit) {
    let settings = visit.premises.settings
    let said = visit.request.headers["host"].flatMap { PublicAddress.isHost($0) ? $0 : nil }
    origin = (settings.isSecure ? "https://" : "http://") + (said ?? "\(settings.host):\(settings.port)")
  }

  /// What stands before the token of a link to answer.
  var answers: String { origin + "/answer/" }
  /// What stands before the code of a receipt.
  var receipts: String { origin + "/status/" }

  private static func isHost(_ text: String) -> Bool {
    (1...253).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
          UInt8(ascii: "["), UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }
}
