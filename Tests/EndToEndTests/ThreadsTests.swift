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

  /// What is cut out of a text is marked with the store's own secret. No decision may hang on it: of 100,000 records a
  /// few stand close enough to the threshold to show if one does.
  @Test func contentDoesNotDependOnTheStoresSecret() throws {
    let inputs = try StoreUnderTest()
    let path = try inputs.corpus("form.jsonl", records: Size.of(100_000))
    let digests = try (1...5).map { _ in
      let store = try StoreUnderTest()
      try store.ingest([path])
      return SHA256Digest.hexadecimal(of: try store.canonical())
    }
    #expect(Set(digests).count == 1)
  }
}
