import Intake
import TestSupport
import Testing

@Suite struct FormatDetectionTests {
  @Test(arguments: [
    (#"{"id":"WG-1","group":"群","sender":"小胡","badge":"DC-03","time":"2025-04-12T09:12:31+08:00","text":"x"}"#,
      "work-group"),
    (#"{"id":"1","title":"x","text":"y","submitted_at":null,"topic":"t"}"#, "civic-messages"),
    ("{\"id\":\"1\",\"tit\n{\"id\":\"1\",\"title\":\"x\",\"text\":\"y\",\"topic\":\"t\"}", "civic-messages"),
    (#"{"platform":"p","suggestions":[{"id":"1","content":"x","category":"y","contact":{"name":"z"}}]}"#,
      "dezhihui-json"),
    (#"{"platform":"p","suggestions":[]}"#, "dezhihui-json"),
    (#"[{"service_request_id":638344,"service_name":"x","service_code":006}]"#, "open311-json"),
    ("<service_requests><request><service_request_id>1</service_request_id><description>x</description>",
      "open311-xml"),
    ("<service_requests></service_requests>", "open311-xml"),
    ("<suggestions><suggestion id='1'><content>x</content><category>y</category></suggestion></suggestions>",
      "dezhihui-xml"),
    ("<suggestions><suggestion id='1' channel='app' status='new'><title>t</title><content>x</content><region>r</region>"
      + "<submitter>s</submitter><submitted_at>2025</submitted_at></suggestion></suggestions>", "dezhihui-xml"),
    ("<?xml version='1.0'?><tree id='a'><b/><meta><instanceID>uuid:1</instanceID></meta></tree>",
      "odk-submission"),
    ("\u{FEFF}# 注释\n民意征集本 v1\n驿站: x\n", "opinion-book"), ("Opinion Book v1\n", "opinion-book"),
    ("<!DOCTYPE x [<!ENTITY e 'f'>]><suggestions><suggestion id='1'><content>&e;</content></suggestion></suggestions>",
      "dezhihui-xml"),
  ])
  func finds(text: String, profile: String) throws {
    guard case .match(let found) = FormatDetection.detect(
      prefix: Array(text.utf8), fileName: "f", profiles: try Shipped.all())
    else {
      Issue.record("unknown" as Comment)
      return
    }
    #expect(found.name == profile)
  }

  @Test(arguments: [
    #"[{"service_code":"001","service_name":"x","description":"y","metadata":true}]"#,
    #"{"errors":[{"code":400,"description":"x"}]}"#, #"[{"code":404,"description":"x"}]"#,
    #"[{"service_request_id":1,"token":2}]"#, #"{"changeset":"x","endpoints":[]}"#,
    "<services><service><service_code>1</service_code></service></services>",
    "<errors><error><code>1</code></error></errors>", "<discovery><endpoints/></discovery>", "a,b\n1,2\n", "",
    "[]", "42", "{",
  ])
  func refuses(text: String) throws {
    guard case .unknown(let closest) = FormatDetection.detect(
      prefix: Array(text.utf8), fileName: "f", profiles: try Shipped.all())
    else {
      Issue.record("found" as Comment)
      return
    }
    #expect(closest.count == Shipped.names.count { !$0.hasPrefix("bench-") })
  }

  @Test func closestSaysWhatIsMissing() throws {
    let text = #"[{"service_request_id":1,"status":"open","requested_datetime":"2025-01-01T00:00:00Z"}]"#
    guard case .unknown(let closest) = FormatDetection.detect(
      prefix: Array(text.utf8), fileName: "f", profiles: try Shipped.all())
    else {
      Issue.record("found" as Comment)
      return
    }
    #expect(closest.first?.profile == "open311-json")
    #expect(closest.first?.expected == ["description | service_name"])
    #expect(closest.first?.found == ["requested_datetime", "service_request_id", "status"])
  }

  /// Real files: found, read, and nothing lost between.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func realFiles() throws {
    let shared = try #require(PackageRoot.shared) + "/data"
    let profiles = try Shipped.all()
    func detect(_ bytes: [UInt8]) -> FormProfile? {
      if case .match(let profile) = FormatDetection.detect(prefix: bytes, fileName: "", profiles: profiles) {
        return profile
      }
      return nil
    }
    for (file, count) in [("civic-messages/labelled.jsonl", 5711), ("same-matter/messages.jsonl", 2963)] {
      let bytes = try PackageRoot.bytes(shared + "/" + file)
      let profile = try #require(detect(bytes))
      #expect(profile.name == "civic-messages")
      let reading = Reading.of(bytes, profile)
      #expect(reading.records.count + reading.faults.count == count)
      #expect(reading.faults.count < 5, "\(reading.faults.map(\.reason))")
    }
    var found: [String: Int] = [:]
    for file in PackageRoot.files(below: shared + "/open311") + PackageRoot.files(below: shared + "/odk_submissions") {
      let bytes = try PackageRoot.bytes(file)
      guard let profile = detect(bytes) else { continue }
      found[profile.name, default: 0] += 1
      let whole = Reading.of(bytes, profile)
      #expect(whole.seen > 0, "\(file)")
      #expect(Reading.of(bytes, profile, chunk: 7) == whole, "\(file)")
      if profile.name == "odk-submission" { #expect(whole.records.count == 1, "\(file) \(whole.faults)") }
    }
    #expect(Set(found.keys) == ["open311-json", "open311-xml", "odk-submission"])
    #expect(found["odk-submission"] ?? 0 >= 75)
  }
}
