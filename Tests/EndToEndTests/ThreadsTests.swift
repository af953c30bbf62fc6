import Foundation
import TestSupport
import Testing

/// The same input gives the same content whatever the number of threads.
struct ThreadsTests {
  @Test(arguments: ["form.jsonl", "form.xml"]) func contentDoesNotDependOnThem(_ file: String) throws {
    let inputs = try StoreUnderTest()
    let path = try inputs.corpus(file, records: Size.of(30_000))
    let exports = try [1, 2, 4].map { threads in
      let store = try StoreUnderTest()
      let report = try store.ingest([path], ["--threads", String(threads)])
      #expect(report["new"].int == Size.of(30_000))
      return try store.canonical()
    }
    #expect(exports[0].count > Size.of(30_000) * 100)
    #expect(exports[1] == exports[0])
    #expect(exports[2] == exports[0])
  }
}
