import Testing

import Console

struct HTMLTextTests {
  /// A combining sign makes another grapheme of a quotation mark; the browser goes by code point.
  @Test(arguments: ["\"", "'", "<", ">", "&", "`"]) func nothingHidesBehindACombiningSign(_ sign: String) {
    let escaped = HTMLText.escaped(sign + "\u{308} onload=x")
    #expect(escaped.utf8.first == UInt8(ascii: "&"))
    #expect(escaped.unicodeScalars.filter { String($0) == sign }.count == (sign == "&" ? 1 : 0))
    #expect(Array(escaped.utf8.suffix(11)) == Array("\u{308} onload=x".utf8.suffix(11)))
  }

  @Test func templatesEscapeSoToo() throws {
    let templates = try PageTemplates(["a": "<input value=\"{{x}}\"><p>{{x}}</p>"])
    let page = templates.render("a", ["x": "\"\u{308} autofocus onfocus=alert(1) \"<\u{338}script>"], in: .zh)
    #expect(page?.contains("&quot;\u{308} autofocus") == true)
    #expect(page?.contains("<\u{338}script") == false)
  }

  @Test func controlsBecomeReplacementCharacters() {
    #expect(HTMLText.escaped("a\u{0}b\u{1b}[31m\n\t") == "a\u{FFFD}b\u{FFFD}[31m\n\t")
  }

  @Test func pairsOfLanguagesAreTaken() throws {
    let templates = try PageTemplates(["a": "[[队列|Queue]] {{x}} [[退|Back]]"])
    #expect(templates.render("a", ["x": "[[a|b]]"], in: .zh) == "队列 [[a|b]] 退")
    #expect(templates.render("a", ["x": 1], in: .en) == "Queue 1 Back")
    #expect(throws: PageTemplates.Fault.missingLanguage(template: "a", pair: "队列")) { try PageTemplates(["a": "[[队列]]"]) }
    #expect(throws: PageTemplates.Fault.unfinishedPair(template: "a")) { try PageTemplates(["a": "[[队列|Queue"]) }
  }
}
