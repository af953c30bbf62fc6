import Intake
import Testing

@Suite struct DatePatternTests {
  @Test(arguments: [
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2025-07-14T09:12:00+08:00", 1_752_455_520),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2025-07-14T01:12:00Z", 1_752_455_520),
    ("yyyy-MM-dd'T'HH:mm:ss.SXXX", "2012-04-17T14:07:20.463+03", 1_334_660_840),
    ("yyyy/M/d H:m:s", "2020/1/6 12:09:38", 1_578_283_778),
    ("yyyy/M/d H:m:s", "2020/01/06 12:09:38", 1_578_283_778),
    ("yyyy-MM-dd", "2024-02-29", 1_709_136_000),
    ("yyyy年M月d日", "2024年2月29日", 1_709_136_000),
    ("yyyy-MM-dd", "1988-07-01", 583_686_000),
    ("excel-serial", "45852", 1_752_422_400),
    ("excel-serial", "45852.5", 1_752_465_600),
    ("unix-seconds", "1752455520", 1_752_455_520),
    ("unix-milliseconds", "1752455520123", 1_752_455_520),
  ])
  func reads(pattern: String, text: String, instant: Int64) throws {
    #expect(try read(pattern, text) == instant)
  }

  @Test(arguments: [
    ("yyyy-MM-dd", "2023-02-29"), ("yyyy-MM-dd", "2023-13-01"), ("yyyy-MM-dd", "2023-1-01"),
    ("yyyy-MM-dd", "2023-01-01 "), ("yyyy/M/d H:m:s", "2020/1/6 24:00:00"), ("yyyy/M/d H:m:s", "2020/1/6 1:60:00"),
    ("yyyy-MM-dd'T'HH:mm:ssXXX", "2025-07-14T09:12:00"), ("yyyy-MM-dd'T'HH:mm:ssXXX", "2025-07-14T09:12:00+99:00"),
    ("excel-serial", "20250714"), ("unix-seconds", "12"), ("unix-seconds", ""),
  ])
  func refuses(pattern: String, text: String) throws {
    #expect(try read(pattern, text) == nil)
  }

  @Test func zones() throws {
    #expect(try read("yyyy-MM-dd", "2024-02-29", zone: "+00:00") == 1_709_164_800)
    #expect(try read("yyyy-MM-dd", "2024-07-01", zone: "Europe/Berlin") == 1_719_784_800)
    #expect(DateZone("Nowhere/Land") == nil)
    #expect(DateZone("+8") == nil)
  }

  private func read(_ pattern: String, _ text: String, zone: String = "Asia/Shanghai") throws -> Int64? {
    let pattern = try #require(DatePattern(pattern))
    let zone = try #require(DateZone(zone))
    return Array(text.utf8).withUnsafeBufferPointer { pattern.instant($0, zone: zone) }
  }
}
