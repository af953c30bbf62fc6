import Foundation
import TestSupport
import Testing

/// An issue as it is printed, and the gate no format passes with an identifier in it.
struct DigestPrintingTests {
  private let store: StoreUnderTest

  init() throws {
    store = try StoreUnderTest()
    try #require(try store.run("demo").ending == .exited(0))
  }

  /// What must be on the machine; in CI it is a failure where it is not.
  private static let isReady =
    ProcessInfo.processInfo.environment["CI"] == "true"
    || ["chromium", "pandoc", "pdftotext"].allSatisfy { name in
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
      }
    }

  @Test(
    .enabled(if: isReady, "needs chromium, pandoc and poppler-utils: sh .ci/converters"),
    arguments: [("pdf", "%PDF"), ("docx", "PK"), ("xlsx", "PK")])
  func itIsPrinted(_ format: String, _ beginning: String) throws {
    let path = store.folder.path("issue.\(format)")
    let run = try store.run("digest", "2025-07", "--format", format, "--output", path, "--quiet")
    #expect(run.ending == .exited(0), "\(run.errors)")
    let bytes = try PackageRoot.bytes(path)
    #expect(bytes.starts(with: Array(beginning.utf8)) && bytes.count > 5_000)
    // Nobody can tell from its bytes what lies there.
    #expect(try store.run("digest", "2025-07", "--format", format, "--output", path).ending == .exited(2))
    #expect(try PackageRoot.bytes(path) == bytes)
  }

  /// The redactor has every citizen's and editor's word; what stands in a template only the gate reads.
  @Test(arguments: ["html", "md"]) func whatATemplateLetsInDoesNotGoOut(_ format: String) throws {
    let store = store
    store.rules = try ShippedRules.copy(to: store.folder.path("rules"), changing: "digest/monthly/page.\(format)") {
      $0 + (format == "md" ? "\n来电 13912345678\n" : "")
    }
    if format == "html" {
      try store.mend(store.folder.path("rules/digest/monthly/page.html"), "</body>", "<p>来电 13912345678</p></body>")
    }
    let path = store.folder.path("issue.\(format)")
    let run = try store.run("digest", "2025-07", "--format", format, "--output", path)
    #expect(run.ending == .exited(1) && !FileManager.default.fileExists(atPath: path))
    #expect(run.errors.contains("没有发出") && !run.errors.contains("13912345678"), "\(run.errors)")
    // What everybody may know is let through by name.
    let allowed = store.folder.path("rules/digest/allowed.txt")
    try (String(contentsOfFile: allowed, encoding: .utf8) + "139-1234-5678\n").write(
      toFile: allowed, atomically: true, encoding: .utf8)
    #expect(try store.run("digest", "2025-07", "--format", format, "--output", path).ending == .exited(0))
  }
}
