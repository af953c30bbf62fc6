import CZlib
import Casework
import Console
import Store
import Testing

/// Who takes gzip gets it, and gets the same.
@Suite struct ContentCodingTests {
  private static let gzip = ["accept-encoding": "gzip, deflate, br"]

  /// Nil where the bytes are not one whole gzip member.
  private static func inflated(_ packed: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var packed = packed
    var isWhole = false
    let plain = [UInt8](unsafeUninitializedCapacity: 1 << 22) { buffer, count in
      packed.withUnsafeMutableBufferPointer { bytes in
        stream.next_in = bytes.baseAddress
        stream.avail_in = UInt32(bytes.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = 1 << 22
        isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
      }
      count = isWhole ? Int(stream.total_out) : 0
    }
    return isWhole ? plain : nil
  }

  @Test func aPageIsTheSameAndSmaller() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("moderator", RoleScope(.moderator))
    let plain = await premises.get("/queue", cookie)
    #expect(plain.header("Content-Encoding") == nil)
    #expect(plain.header("Vary") == nil)
    let packed = await premises.get("/queue", cookie, headers: ContentCodingTests.gzip)
    #expect(packed.status == 200)
    #expect(packed.header("Content-Encoding") == "gzip")
    #expect(packed.header("Vary") == "Accept-Encoding")
    #expect(packed.header("Content-Security-Policy") == plain.header("Content-Security-Policy"))
    #expect(ContentCodingTests.inflated(packed.body) == plain.body)
    // The first page is to weigh no more than 60 KB with all it needs.
    #expect(packed.body.count * 3 < plain.body.count)
    #expect(packed.body.count < 20_000)
  }

  @Test(arguments: [
    ("gzip", true), ("GZIP", true), ("x-gzip", true), ("*", true), ("br;q=1, gzip;q=0.1", true),
    ("gzip;q=1.0, identity;q=0.5", true), ("", false), ("identity", false), ("br", false), ("gzip;q=0", false),
    ("gzip; q=0.000", false), ("*;q=0", false), ("gzip;q=0, *", false), ("gzip;q=0.5, identity;q=1", false),
    ("gzip;q=many", false), ("gzip;q=2", false), ("gzipped", false),
  ])
  func whatIsAskedForIsKept(_ header: String, _ isPacked: Bool) async throws {
    let premises = try TestPremises()
    let reply = await premises.get("/sign-in", headers: ["accept-encoding": header])
    #expect(reply.header("Content-Encoding") == (isPacked ? "gzip" : nil), "\(header)")
    #expect((ContentCodingTests.inflated(reply.body) != nil) == isPacked, "\(header)")
  }

  @Test func aFileSaysThatItDependsOnWhoAsks() async throws {
    let premises = try TestPremises()
    let address = premises.premises.assets.address(of: "console.css")
    let plain = await premises.get(address)
    let packed = await premises.get(address, headers: ContentCodingTests.gzip)
    #expect(plain.header("Content-Encoding") == nil)
    #expect(plain.header("Vary") == "Accept-Encoding")
    #expect(packed.header("Content-Encoding") == "gzip")
    #expect(packed.header("Vary") == "Accept-Encoding")
    #expect(packed.header("Content-Type") == plain.header("Content-Type"))
    #expect(ContentCodingTests.inflated(packed.body) == plain.body)
  }

  @Test func whatIsSmallOrNoTextGoesAsItIs() async throws {
    let premises = try TestPremises()
    let health = await premises.get("/health", headers: ContentCodingTests.gzip)
    #expect(health.status == 200)
    #expect(health.body.count < 1_024)
    #expect(health.header("Content-Encoding") == nil)
    let cookie = try premises.cookie("supervisor", RoleScope(.supervisor))
    let table = await premises.get("/figures.csv", cookie, headers: ContentCodingTests.gzip)
    #expect(table.body.count > 1_024)
    #expect(table.header("Content-Encoding") == nil)
    let report = await premises.get("/figures.json", cookie, headers: ContentCodingTests.gzip)
    #expect(report.header("Content-Disposition")?.hasPrefix("attachment") == true)
    #expect(report.header("Content-Encoding") == nil)
  }

  @Test func anErrorPageAndAProblem() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("moderator", RoleScope(.moderator))
    let plain = await premises.get("/administration", cookie)
    let packed = await premises.get("/administration", cookie, headers: ContentCodingTests.gzip)
    #expect(packed.status == 403)
    #expect(packed.header("Content-Encoding") == "gzip")
    #expect(ContentCodingTests.inflated(packed.body) == plain.body)
    let problem = await premises.get("/nowhere", headers: ["accept-encoding": "gzip", "accept": "application/json"])
    #expect(problem.status == 404)
    #expect(problem.text.contains("\"status\":404"))
  }

  /// Compressed lengths tell nothing to who made the browser ask; the files everybody gets hold nothing to be told.
  @Test func whatAnotherSiteAsksForIsNotCompressed() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("moderator", RoleScope(.moderator))
    let elsewhere = ["referer": "https://evil.example/", "host": "city.example"]
    for origin in [["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"], elsewhere] {
      let headers = ContentCodingTests.gzip.merging(origin) { $1 }
      #expect(await premises.get("/queue?q=a", cookie, headers: headers).header("Content-Encoding") == nil, "\(origin)")
      let file = await premises.get(premises.premises.assets.address(of: "console.css"), headers: headers)
      #expect(file.header("Content-Encoding") == "gzip", "\(origin)")
    }
  }
}
