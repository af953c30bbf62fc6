import Foundation
import Printing
import TestSupport
import Testing

struct OpenDataTests {
  private let data = OpenData(
    [
      PublishedSuggestion(
        id: "21", title: "=1+1", text: "路灯坏了，\"很黑\"\n两天", kind: "fault", topic: ("0102", "城乡建设"), channel: "book",
        state: "closed", submitted: 1_754_000_000, answered: 1_754_100_000, answer: "已换新", outcome: "solved", support: 3
      ),
      PublishedSuggestion(
        id: "12", title: "井盖", text: "破了", kind: "idea", channel: "form", state: "closed", submitted: 1_753_900_000),
    ], tombstones: [PublishedTombstone(id: "3", withdrawn: 1_754_200_000)],
    licence: PublishedLicence(name: "CC BY 4.0", address: "https://creativecommons.org/licenses/by/4.0/"))

  @Test func tablesAreInertAndInOrder() {
    let lines = String(decoding: data.csv.dropFirst(3), as: UTF8.self)
    #expect(data.csv.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      lines == """
        id,title,text,kind,topic_code,topic,area_code,area,unit_code,unit,channel,state,submitted_on,answered_on,\
        closed_on,answer,outcome,support\r
        12,井盖,破了,idea,,,,,,,form,closed,2025-07-31,,,,,1\r
        21,'=1+1,"路灯坏了，""很黑""\n两天",fault,0102,城乡建设,,,,,book,closed,2025-08-01,2025-08-02,,已换新,solved,3\r\n
        """)
    #expect(data.withdrawnCSV.count > 20)
  }

  @Test func linesNameTheSameColumns() throws {
    let lines = try JSONValue.lines(Data(data.jsonLines))
    #expect(lines.count == 3)
    #expect(lines[0].keys == Set(OpenDataField.allCases.map(\.rawValue)))
    #expect(lines[1]["title"].text == "=1+1")
    #expect(lines[1]["support"].int == 3)
    #expect(lines[0]["answer"] == .null)
    #expect(lines[2]["withdrawn_at"].text == "2025-08-03T13:46:40+08:00")
  }

  @Test func theDictionarySaysWhatEachIs() throws {
    let dictionary = try JSONValue(Data(data.dictionary))
    #expect(dictionary["fields"].list.map(\.["name"].text) == OpenDataField.allCases.map(\.rawValue))
    #expect(dictionary["fields"].list.allSatisfy { $0["zh"].text?.isEmpty == false && $0["en"].text?.isEmpty == false })
    #expect(dictionary["licence"]["name"].text == "CC BY 4.0")
    #expect(data.licenceLine.contains("CC BY 4.0"))
  }

  @Test func theSchemaHasWhatTheLinesHave() throws {
    let schema = try JSONValue(Data(OpenDataSchema.bytes))["oneOf"]
    let properties = schema[0]["properties"]
    for line in try JSONValue.lines(Data(data.jsonLines)).prefix(2) {
      #expect(line.keys == properties.keys)
      for key in line.keys {
        let isMissing = line[key] == .null
        let mayBe = properties[key]["type"].list.contains(.string("null"))
        #expect(!isMissing || mayBe, "\(key)")
      }
    }
    #expect(try JSONValue.lines(Data(data.jsonLines))[2].keys == schema[1]["properties"].keys)
  }

  @Test func itPassesTheGate() throws {
    let gate = PublicationGate(Conversion())
    for (format, bytes) in [
      (PrintFormat.csv, data.csv), (.jsonLines, data.jsonLines), (.json, data.dictionary),
      (.json, OpenDataSchema.bytes),
    ] {
      let found = try gate.findings(in: PrintedDocument(name: "data", format: format, bytes: bytes))
      #expect(found.isEmpty, "\(format): \(found)")
    }
  }
}
