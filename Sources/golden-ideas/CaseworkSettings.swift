import Casework
import Foundation

/// What the casework reads from the rules folder.
struct CaseworkSettings {
  var limits: CaseLimits
  var clocks: ClockBook
  var calendar: WorkingCalendar
}

extension CommonOptions {
  func loadCasework() throws -> CaseworkSettings {
    func bytes(_ name: String) throws -> [UInt8] {
      guard let data = FileManager.default.contents(atPath: rulesFolder + "/" + name) else {
        throw Outcome.notStarted(messages("缺少 \(rulesFolder)/\(name)", "\(rulesFolder)/\(name) is missing"))
      }
      return Array(data)
    }
    do throws(any Error) {
      return CaseworkSettings(
        limits: try CaseLimits(yaml: try bytes("casework.yaml"), file: "casework.yaml"),
        clocks: try ClockBook(yaml: try bytes("clocks.yaml"), file: "clocks.yaml"),
        calendar: WorkingCalendar(try CalendarBook(yaml: try bytes("calendar.yaml"), file: "calendar.yaml")))
    } catch let fault as SettingFault {
      throw Outcome.notStarted(fault.problems.map { "\(fault.file):\($0.line): \($0.code)" }.joined(separator: "\n"))
    }
  }
}
