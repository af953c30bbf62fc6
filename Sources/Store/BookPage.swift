internal import Crypto
internal import Foundation
internal import Suggestions

/// A page of an opinion book on its way into the store, and what is known of it afterwards.
package struct BookPage: Sendable, Hashable {
  /// What the page is like on paper.
  package enum Condition: Int, Sendable, Hashable, CaseIterable {
    case written = 0
    /// 空白
    case blank = 1
    /// 缺页
    case missing = 2

    package var code: String {
      switch self {
      case .written: "written"
      case .blank: "blank"
      case .missing: "missing"
      }
    }
  }

  package enum State: Int, Sendable, Hashable, CaseIterable {
    /// Typed once; waits for a second person.
    case keyed = 0
    /// Typed by two people; what differs is to be settled.
    case compared = 1
    /// Settled, on its way in.
    case settled = 2
    /// Taken in, or nothing to take in; the texts are gone from here.
    case taken = 3

    package var code: String {
      switch self {
      case .keyed: "keyed"
      case .compared: "compared"
      case .settled: "settled"
      case .taken: "taken"
      }
    }
  }

  package var id: Int
  /// Code of the station.
  package var station: String
  package var book: String
  package var page: Int
  package var condition: Condition
  /// 条数: entries counted on the paper.
  package var counted: Int
  package var state: State
  /// Entries that were taken in, when the page last was; nil before.
  package var entered: Int?
  /// Names of accounts.
  package var keyer: String
  package var checker: String?
  /// Seconds since 1970.
  package var changedAt: Int64
  package var head: BookHead
  /// Nil once they were taken in; after settling the first is what was settled.
  package var first: BookKeying?
  package var second: BookKeying?

  /// Entries on the paper that are not in the store.
  package var lacking: Int { max(0, counted - (entered ?? 0)) }
}

/// Why nothing was done to a page.
package enum BookPageRefusal: Error, Sendable, Hashable {
  case unknown
  /// Somebody else is typing it.
  case others(String)
  /// The second keying is another person's.
  case samePerson
  /// It is further on, or not yet there.
  case state(BookPage.State)
}

/// A page as it lies in the store.
struct BookPageRow: Hashable {
  var id: Int
  var station: String
  var book: String
  var page: Int
  var condition: Int
  var counted: Int
  var state: Int
  var entered: Int64?
  var keyer: String
  var checker: String?
  var changedAt: Int64
  /// Sealed.
  var head: [UInt8]
  var first: [UInt8]?
  var second: [UInt8]?

  static let columns = """
    SELECT id, station, book, page, condition, counted, state, entered, keyer, checker, changed_at, head, first, second
    FROM book_page
    """

  init(_ row: any SQLRow) {
    func optional(_ column: Int) -> [UInt8]? {
      let bytes = row.bytes(column)
      return bytes.isEmpty ? nil : bytes
    }
    let checker = row.text(9)
    id = Int(row.integer(0))
    station = row.text(1)
    book = row.text(2)
    page = Int(row.integer(3))
    condition = Int(row.integer(4))
    counted = Int(row.integer(5))
    state = Int(row.integer(6))
    entered = row.optionalInteger(7)
    keyer = row.text(8)
    self.checker = checker.isEmpty ? nil : checker
    changedAt = row.integer(10)
    head = row.bytes(11)
    first = optional(12)
    second = optional(13)
  }

  init(
    id: Int, station: String, book: String, page: Int, condition: BookPage.Condition, counted: Int, keyer: String,
    changedAt: Int64
  ) {
    (self.id, self.station, self.book, self.page) = (id, station, book, page)
    (self.condition, self.counted, self.keyer, self.changedAt) = (condition.rawValue, counted, keyer, changedAt)
    state = BookPage.State.keyed.rawValue
    head = []
  }

  // MARK: Sealing

  /// AES-256-GCM, bound to the page, so that no text moves to another.
  private var place: [UInt8] { Array("\(station)\n\(book)\n\(page)".utf8) }

  func seal(_ bytes: [UInt8], _ key: SymmetricKey) throws(StoreFault) -> [UInt8] {
    do {
      if let combined = try AES.GCM.seal(bytes, using: key, authenticating: place).combined { return Array(combined) }
    } catch {}
    throw .corrupt("a page of a book cannot be sealed")
  }

  func open(_ bytes: [UInt8], _ key: SymmetricKey) throws(StoreFault) -> [UInt8] {
    do {
      return Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: bytes), using: key, authenticating: place))
    } catch {
      throw .corrupt("page \(id) of a book does not open")
    }
  }

  /// - Parameter isWhole: with the texts; lists go without.
  func value(_ key: SymmetricKey, isWhole: Bool) throws(StoreFault) -> BookPage {
    guard let condition = BookPage.Condition(rawValue: condition), let state = BookPage.State(rawValue: state),
      let head = BookHead(packed: try open(head, key))
    else { throw .corrupt("page \(id) of a book cannot be read") }
    var value = BookPage(
      id: id, station: station, book: book, page: page, condition: condition, counted: counted, state: state,
      entered: entered.map { Int($0) }, keyer: keyer, checker: checker, changedAt: changedAt, head: head)
    guard isWhole else { return value }
    value.first = try keying(first, key)
    value.second = try keying(second, key)
    return value
  }

  private func keying(_ sealed: [UInt8]?, _ key: SymmetricKey) throws(StoreFault) -> BookKeying? {
    guard let sealed else { return nil }
    guard let keying = BookKeying(packed: try open(sealed, key)) else {
      throw .corrupt("page \(id) of a book cannot be read")
    }
    return keying
  }

  // MARK: Event

  /// The whole row, so that the last event of a page is what the row has to be; of the texts their digests as sealed.
  var payload: String {
    func digest(_ bytes: [UInt8]?) -> String? { bytes.map { Hexadecimal.text(SHA256.hash(data: $0)) } }
    var writer = JSONWriter()
    writer.object {
      $0.field("station", station)
      $0.field("book", book)
      $0.field("page", page)
      $0.field("condition", BookPage.Condition(rawValue: condition)?.code)
      $0.field("counted", counted)
      $0.field("state", BookPage.State(rawValue: state)?.code)
      if let entered { $0.field("entered", entered) }
      $0.field("keyer", keyer)
      $0.field("checker", checker)
      $0.field("at", changedAt)
      $0.field("head", digest(head))
      $0.field("first", digest(first))
      $0.field("second", digest(second))
    }
    return writer.text
  }
}

extension KeyRing {
  func bookPageKey() throws(StoreFault) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: try key(0), info: Data("golden-ideas book page".utf8), outputByteCount: SHA256.byteCount)
  }
}
