import Casework
import Foundation
import Store
import Suggestions
import Testing

/// Links that let a unit answer without an account: once, in time, for the one thing they were made for.
struct SignedLinkTests {
  static let now: Int64 = 1_751_335_200
  static let unit = CaseHandler(unit: "housing", district: "430703")
  static let answer = SignedLink(.answer, suggestion: 12, event: 3, unit: unit, expiresAt: now + 3600)

  static func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try? sample.tamper("CREATE TABLE used_link (digest BLOB PRIMARY KEY, at INTEGER NOT NULL)")
    return sample
  }

  static func use(
    _ token: String, _ store: SuggestionStore, for purpose: SignedLink.Purpose = .answer, at moment: Int64 = now
  ) throws -> Result<SignedLink, LinkRefusal> {
    try store.write { session throws(StoreFault) in
      try store.useLink(token, for: purpose, at: moment, in: session)
    }
  }

  @Test func aLinkDoesItsOneActOnce() throws {
    let store = try Self.sample().store
    let token = try store.token(of: Self.answer)
    #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    #expect(token.count < 100)
    // Looking uses nothing up.
    for _ in 0..<2 {
      #expect(try store.link(token, for: .answer, at: Self.now) == .success(Self.answer))
    }
    #expect(try Self.use(token, store) == .success(Self.answer))
    #expect(try Self.use(token, store, at: Self.now + 9) == .failure(.used(at: Self.now)))
    #expect(try store.link(token, for: .answer, at: Self.now + 9999) == .failure(.used(at: Self.now)))
    // Another order's link is not used up with it.
    var other = Self.answer
    other.event = 4
    #expect(try Self.use(try store.token(of: other), store) == .success(other))
  }

  @Test func anActThatFailsUsesNothingUp() throws {
    let store = try Self.sample().store
    let token = try store.token(of: Self.answer)
    #expect(throws: StoreFault.corrupt("no")) {
      try store.write { session throws(StoreFault) in
        _ = try store.useLink(token, for: .answer, at: Self.now, in: session)
        throw StoreFault.corrupt("no")
      }
    }
    #expect(try Self.use(token, store) == .success(Self.answer))
  }

  @Test func itsTimeAndItsPurposeAreKept() throws {
    let store = try Self.sample().store
    let token = try store.token(of: Self.answer)
    let end = Self.answer.expiresAt
    #expect(try store.link(token, for: .answer, at: end) == .success(Self.answer))
    #expect(try store.link(token, for: .answer, at: end + 1) == .failure(.expired(at: end)))
    #expect(try store.link(token, for: .sign, at: Self.now) == .failure(.otherPurpose(.answer)))
    #expect(try Self.use(token, store, for: .sign) == .failure(.otherPurpose(.answer)))
    #expect(try Self.use(token, store) == .success(Self.answer))
  }

  /// Every change of one bit, and every cut.
  @Test func nothingForgedIsTaken() throws {
    let store = try Self.sample().store
    let token = try store.token(of: Self.answer)
    let padded = token.replacing("-", with: "+").replacing("_", with: "/")
    let bytes = try #require(Data(base64Encoded: padded + String(repeating: "=", count: (4 - padded.count % 4) % 4)))
    for bit in 0..<bytes.count * 8 {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      let forged = changed.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
      let result = try store.link(forged, for: .answer, at: Self.now)
      #expect(result == .failure(.forged) || result == .failure(.malformed), "bit \(bit)")
    }
    for count in 0..<token.count {
      let result = try store.link(String(token.prefix(count)), for: .answer, at: Self.now)
      #expect(result == .failure(.forged) || result == .failure(.malformed), "\(count)")
    }
    let texts = ["", "=", token + "=", token + "A", padded + "==", " " + token, "谢谢", String(repeating: "A", count: 5000)]
    for text in texts where text != token {
      let result = try store.link(text, for: .answer, at: Self.now)
      #expect(result == .failure(.forged) || result == .failure(.malformed), "\(text.prefix(20))")
    }
    // One of another store.
    #expect(try store.link(try Self.sample().store.token(of: Self.answer), for: .answer, at: Self.now) == .failure(.forged))
  }

  /// The last symbol of a token can be written in several ways that mean the same bytes; only one of them is the token.
  @Test func aTokenHasOneSpelling() throws {
    let store = try Self.sample().store
    let token = try store.token(of: Self.answer)
    let symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let taken = try symbols.filter { symbol in
      let result = try store.link(String(token.dropLast()) + String(symbol), for: .answer, at: Self.now)
      return result == .success(Self.answer)
    }
    #expect(taken == String(try #require(token.last)))
  }

  @Test func theUnitComesThroughWhole() throws {
    let store = try Self.sample().store
    for unit in [
      CaseHandler(unit: "anfu", isStation: true), CaseHandler(unit: "城管"), CaseHandler(unit: "x", district: "430702"),
    ] {
      let link = SignedLink(.sign, suggestion: 1_000_000, event: 40, unit: unit, expiresAt: Self.now)
      #expect(try store.link(try store.token(of: link), for: .sign, at: Self.now) == .success(link))
    }
  }

  @Test func anOrderThatIsNoLongerTheLastIsSuperseded() {
    func event(_ number: Int, _ action: CaseAction, _ unit: CaseHandler? = nil) -> CaseEvent {
      CaseEvent(
        number: number, actor: "x", role: .moderator, at: Self.now, action: action, before: .pending, after: .dispatched,
        details: CaseDetails { $0.handler = unit })
    }
    let order = [event(1, .claim), event(3, .dispatch, Self.unit), event(4, .sign), event(5, .note)]
    #expect(!Self.answer.isSuperseded(in: order))
    #expect(Self.answer.isSuperseded(in: []))
    #expect(Self.answer.isSuperseded(in: order + [event(6, .recall)]))
    #expect(Self.answer.isSuperseded(in: order + [event(6, .sendBack)]))
    #expect(Self.answer.isSuperseded(in: order + [event(6, .reopen)]))
    #expect(Self.answer.isSuperseded(in: order + [event(6, .sendBack), event(7, .adjudicate, Self.unit)]))
    #expect(Self.answer.isSuperseded(in: [event(3, .dispatch, CaseHandler(unit: "housing"))]))
  }
}
