import Casework
import Console
import Foundation
import Store
import TestSupport
import Testing

/// Files sent to a console, and what became of them.
struct IntakeBench {
  let premises: TestPremises
  let reviewer: String

  init(rules: String? = nil) throws {
    premises = try TestPremises(rules: rules)
    reviewer = try premises.cookie("reviewer", RoleScope(.moderator))
  }

  func keeper(_ station: String) throws -> String {
    try premises.cookie("keeper-\(station)", RoleScope(.stationKeeper, handler: CaseHandler(unit: station, isStation: true)))
  }

  func send(
    _ address: String, _ files: [(field: String, name: String, text: String)], _ fields: [(String, String)] = [],
    by cookie: String
  ) async -> Reply {
    await premises.reception.answer(
      VisitRequest(
        .post, address, form: FormFields(fields.map { (name: $0.0, value: $0.1) }),
        files: files.map { UploadedFile(field: $0.field, name: $0.name, bytes: Array($0.text.utf8)) },
        headers: ["cookie": cookie, "sec-fetch-site": "same-origin"]))
  }

  func upload(
    _ files: [(name: String, text: String)], _ fields: [(String, String)] = [], by cookie: String? = nil
  ) async -> Reply {
    await send(
      "/intake/upload", files.map { ("files", $0.name, $0.text) }, fields, by: cookie ?? reviewer)
  }

  /// The page of a job that is over; waits as long as that takes.
  func ended(
    _ reply: Reply, by cookie: String? = nil, at location: SourceLocation = #_sourceLocation
  ) async throws -> Reply {
    try #require(reply.status == 303, "\(reply.text)", sourceLocation: location)
    let address = try #require(reply.header("Location"), sourceLocation: location)
    try #require(address.hasPrefix("/intake/runs/"), "\(address)", sourceLocation: location)
    while true {
      let job = await premises.get(address, cookie ?? reviewer, headers: ["accept": "application/json"])
      try #require(job.status == 200, "\(job.text)", sourceLocation: location)
      if try JSONValue(Data(job.body))["over"].isTrue { break }
      try await Task.sleep(nanoseconds: 10_000_000)
    }
    return await premises.get(address, cookie ?? reviewer)
  }

  /// A line as the work groups' bot writes it.
  static func message(_ id: String, _ text: String, at time: String = "2025-06-01T10:00:00+08:00") -> String {
    """
    {"id":"\(id)","text":"\(text)","time":"\(time)","sender":"甲","badge":"1","station":"","act":"随手拍",\
    "district":"鼎城区","place":"花溪路","images":[]}

    """
  }
}
