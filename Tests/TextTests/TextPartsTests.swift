import Testing
import Text

/// Words selected on a page, found again in the text as it is kept.
struct TextPartsTests {
  private func found(_ part: String, _ text: String) -> String? {
    var parts = TextParts(Array(text.utf8))
    guard case .found(let range) = parts.find(part) else { return nil }
    return String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test func whiteSpaceAndWhatIsNotSeenDoNotCount() {
    #expect(found("井盖也松了", "路灯坏了，井盖也松了") == "井盖也松了")
    #expect(found(" 井盖 也\n松了 ", "路灯坏了，井 盖也\u{3000}松了。") == "井 盖也\u{3000}松了")
    #expect(found("井盖也松了", "路灯坏了，井\u{200B}盖也松了") == "井\u{200B}盖也松了")
    #expect(found("井盖松了", "路灯坏了，井盖也松了") == nil)
    #expect(found("井盖也松了，还有别的话", "井盖也松了") == nil)
  }

  /// A token behind a placeholder goes with it, though it is on no page.
  @Test func tokensGoWithTheirPlaceholders() {
    let text = "灯坏了。井盖松了打〔手机〕\u{F1234}。"
    #expect(found("井盖松了打〔手机〕", text) == "井盖松了打〔手机〕\u{F1234}")
    #expect(found("打〔手机〕。", text) == "打〔手机〕\u{F1234}。")
  }

  @Test func noWordIsTakenTwice() {
    var parts = TextParts(Array("灯坏了，桥坏了，井盖松了".utf8))
    #expect(parts.find("坏了") == .found(3..<9))
    #expect(parts.find("坏了") == .found(15..<21))
    #expect(parts.find("坏了") == .taken)
    #expect(parts.find("桥坏") == .taken)
    #expect(parts.find("，——") == .empty && parts.find("  ") == .empty)
    #expect(parts.hasRest)
    for rest in ["灯", "桥", "井盖松了"] { _ = parts.find(rest) }
    #expect(!parts.hasRest)
  }
}
