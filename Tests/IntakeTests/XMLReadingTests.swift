import Intake
import Suggestions
import Testing

@Suite struct XMLReadingTests {
  static let form = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- <suggestion> in a comment -->
    <suggestions platform="德智汇" exported="2025-07-31T18:00:00+08:00">
      <suggestion id="DZH-1">
        <title>加宽 &lt;车棚&gt; &amp; 路</title><content>第一行&#13;
    第二行<![CDATA[ <!DOCTYPE x> & 结束 ]]>　</content>
        <category>问题反映</category>
        <submitted_at>2025-07-14T09:12:00+08:00</submitted_at>
        <contact><name>张三</name><phone>138</phone></contact><unknown><title>no</title></unknown>
        <attachment>a.jpg</attachment><attachment>b.jpg</attachment>
      </suggestion>
      <suggestion id="DZH-2"><content> </content></suggestion>
      <suggestion id="DZH-3"><content>x</content><submitted_at>soon</submitted_at></suggestion>
      <suggestion id="DZH-4"><content>x<b>y</b></content></suggestion>
      <n:suggestion xmlns:n="urn:x" id='a&#38;b'><n:content>好</n:content><content/></n:suggestion>
    </suggestions>
    <!-- end -->

    """

  @Test(arguments: [1, 7, 64, 4096])
  func form(chunk: Int) throws {
    let reading = try Reading.of(Self.form, "dezhihui-xml", chunk: chunk)
    #expect(reading == (try Reading.of(Self.form, "dezhihui-xml")))
    #expect(reading.records.map(\.ordinal) == [1, 5])
    #expect(reading[0, "title"] == "加宽 <车棚> & 路")
    #expect(reading[0, "body"] == "第一行\n第二行 <!DOCTYPE x> & 结束")
    #expect(reading[0, "kind"] == "fault")
    #expect(reading[0, "phone"] == "138")
    #expect(reading[0, "attachments"] == "a.jpg\nb.jpg")
    #expect(reading.records[0].submittedAt == 1_752_455_520)
    #expect(reading.records[0].line == 4)
    #expect(reading.records[0].received.hasPrefix("<suggestion id=\"DZH-1\">\n"))
    #expect(reading.records[0].received.hasSuffix("</suggestion>"))
    #expect(reading[1, "id"] == "a&b")
    #expect(reading[1, "body"] == "好")
    #expect(reading.records[1].received.hasPrefix("<n:suggestion "))
    #expect(reading.faults.map(\.line) == [12, 13, 14])
    #expect(reading.faults.map(\.reason.code) == ["missing-field", "unreadable-field", "unreadable-field"])
    #expect(reading.seen == 5)
    #expect(reading.endOffset == Self.form.utf8.count)
    #expect(!reading.isRefused)
  }

  @Test func sameFormAsJSON() throws {
    let json = #"{"suggestions":[{"id":"DZH-1","content":"好","category":"咨询","attachments":["a","b"]}]}"#
    let xml = """
      <suggestions><suggestion id="DZH-1"><content>好</content><category>咨询</category><attachment>a</attachment>
      <attachment>b</attachment></suggestion></suggestions>
      """
    let one = try Reading.of(xml, "dezhihui-xml").records.map(\.fields)
    let other = try Reading.of(json, "dezhihui-json").records.map(\.fields)
    #expect(one == other)
    #expect(one.count == 1)
  }

  @Test(arguments: [
    (
      "<suggestions><suggestion id='1'><content>一</content></suggestion>\n<suggestion id='2'><content>二</conten></s",
      "end tag of the open element"
    ),
    ("<suggestions><suggestion id='1'><content>一</content></suggestion>\n<suggestion id='2'><content>二</content>",
      "end"),
    ("<suggestions><suggestion id='1'><content>一</content></suggestion>\n<suggestion id='2' id='3'/></suggestions>",
      "attribute once"),
    ("<suggestions><suggestion id='1'><content>一</content></suggestion></suggestions><more/>", "end of document"),
    ("<suggestions><suggestion id='1'><content>一</content></suggestion>&#0;</suggestions>", "XML character"),
  ])
  func goodRecordsBeforeAFaultAreIn(text: String, expected: String) throws {
    let whole = try Reading.of(text, "dezhihui-xml")
    #expect(whole.records.map { $0.fields["body"] } == ["一"])
    #expect(whole.isRefused)
    #expect(whole.faults.count == 1)
    for chunk in [1, 7, 40] {
      let reading = try Reading.of(text, "dezhihui-xml", chunk: chunk)
      #expect(reading == whole, "\(chunk)")
    }
    let fault = try #require(whole.faults.first)
    guard case .syntax(let wanted) = fault.reason else {
      Issue.record("\(fault.reason)" as Comment)
      return
    }
    #expect(wanted.contains(expected))
    #expect(fault.offset + fault.total == text.utf8.count)
  }

  @Test func faultPosition() throws {
    let text = "<suggestions>\n  <suggestion id='2'>\n    <content>二百</conten>\n  </suggestion></suggestions>"
    let fault = try #require(try Reading.of(text, "dezhihui-xml").faults.first)
    #expect((fault.line, fault.offset) == (2, 16))
    #expect(fault.faultLine == 3)
    #expect((23...26).contains(fault.faultColumn))
  }

  @Test func anotherRootIsNoSuccess() throws {
    let reading = try Reading.of("<services><service><id>1</id></service></services>", "open311-xml")
    #expect(reading.faults.map(\.reason) == [.syntax(expected: "/service_requests/request")])
    let empty = try Reading.of("<service_requests/>", "open311-xml")
    #expect(empty.faults.isEmpty)
    let nothing = try Reading.of("", "open311-xml")
    #expect(nothing.faults.count == 1)
  }

  @Test func anyRoot() throws {
    let text = """
      <?xml version='1.0' ?><tree id="f" xmlns:orx="http://openrosa.org/xforms"><description>路灯</description>
      <orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></tree>
      """
    let reading = try Reading.of(text, "odk-submission")
    #expect(reading[0, "id"] == "uuid:1")
    #expect(reading[0, "body"] == "路灯")
    #expect(reading.records[0].received.hasPrefix("<tree id="))
  }

  @Test(arguments: ["GB2312", "gbk", "GB18030", "UTF-16", "ISO-8859-1"])
  func declaredEncodings(name: String) throws {
    let text = "<?xml version=\"1.0\" encoding=\"\(name)\"?><suggestions/>"
    for chunk in [1, 9, 1000] {
      let reading = try Reading.of(text, "dezhihui-xml", chunk: chunk)
      #expect(reading.faults.map(\.reason) == [.unsupportedEncoding(name)])
      #expect(reading.isRefused)
    }
  }

  @Test func byteOrderMark() throws {
    let text = "\u{FEFF}<suggestions><suggestion id='1'><content>一</content></suggestion></suggestions>"
    for chunk in [1, 2, 1000] {
      let reading = try Reading.of(text, "dezhihui-xml", chunk: chunk)
      #expect(reading.records.map(\.offset) == [16])
      #expect(reading.records.first?.received == "<suggestion id='1'><content>一</content></suggestion>")
    }
  }

  @Test(arguments: [[0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xFF], [0xE4, 0xB8]] as [[UInt8]])
  func invalidUTF8(bad: [UInt8]) throws {
    let before = Array("<suggestions><suggestion id='1'><content>一</content></suggestion><suggestion id='2'>".utf8)
    let bytes = before + Array("<content>".utf8) + bad + Array("</content></suggestion></suggestions>".utf8)
    for chunk in [1, 7, 1000] {
      let reading = Reading.of(bytes, try Shipped.profile("dezhihui-xml"), chunk: chunk)
      #expect(reading.records.count == 1)
      #expect(reading.faults.map(\.reason) == [.invalidUTF8])
      #expect(reading.faults.first?.offset == before.count - 19)
    }
  }
}
