import Testing

/// What the tests of the pages see must be what a browser sees.
@Suite struct MarkupReadingTests {
  private func read(_ text: String) -> [String] { MarkupReading(text).skeleton }

  @Test func tagsAndQuotes() {
    #expect(read("<!DOCTYPE html><P Class='a>b' id=x>t</p ><br/>") == ["!doctype", "p class id", "/p", "br"])
    #expect(read("<a href=\"x\" onclick=alert(1)>") == ["a href onclick"])
    #expect(read("<a href=\"&quot; onclick=&quot;\">") == ["a href"])
    #expect(read("<a title=\"\u{308} b=\"c\">") == ["a title c\""])
    #expect(read("<svg/onload=x>") == ["svg onload"])
    #expect(read("1 < 2 <3 </ x> <?php ?>") == ["!--", "!--"])
  }

  @Test func commentsAndTexts() {
    #expect(read("<!-- <b> --><i><!--><u>") == ["!--", "i", "!--", "u"])
    #expect(read("<textarea><b></textareas></textarea><i>") == ["textarea", "/textarea", "i"])
    #expect(read("<script>\"</script><b>") == ["script", "/script", "b"])
    #expect(MarkupReading("<p><a href=\"x").isCut && MarkupReading("<!--").isCut && MarkupReading("<title>").isCut)
    #expect(!MarkupReading("<p>x</p>").isCut)
  }

  @Test func whatIsNotOursIsFound() {
    let page = "<a href=\"/x\"></a><a href=\"#y\"></a><a href=\"//e\"></a><img src=javascript:x><form action=\"/\\e\">"
    #expect(MarkupReading(page).foreignAddresses == ["//e", "javascript:x", "/\\e"])
    #expect(MarkupReading("<a id=1 id=2><b id=1>").doubled == ["a"])
  }
}
