// swift-tools-version:6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The rooms every record passes through own what they touch: a batch moves from thread to thread and is never shared,
/// so the run-time check of exclusive access (5 % of the processor time) would only find what the types forbid already.
let hot: [SwiftSetting] = settings + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

/// One room of the house and its tests; `uses` is the whole of what it may import from this package.
///
/// - Parameter stage: what its tests need beside the room itself.
func room(
  _ name: String, uses siblings: [String] = [], libraries: [Target.Dependency] = [], resources: [Resource]? = nil,
  stage: [Target.Dependency] = []
) -> [Target] {
  let target = Target.target(
    name: name, dependencies: siblings.map { .target(name: $0) } + libraries, resources: resources, swiftSettings: hot)
  let tests = Target.testTarget(
    name: "\(name)Tests",
    dependencies: ([name, "TestSupport"] + siblings).map { .target(name: $0) } + libraries + stage,
    path: "Tests/\(name)Tests", swiftSettings: settings)
  return [target, tests]
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "golden-ideas",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "golden-ideas", targets: ["golden-ideas"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CZstandard", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CLibZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    // malloc's settings, which the C library's own module leaves out
    .systemLibrary(name: "CMalloc"),
    .target(name: "CSQLiteSetup", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CSketch", cSettings: [.unsafeFlags(["-O3"])]),
  ]
    + room("Suggestions")
    + room("Text", libraries: ["CUTF8Proc", "CSketch"])
    + room("Matching")
    + room("Rules", uses: ["Suggestions", "Text", "Matching"], libraries: [yams])
    + room("Intake", uses: ["Suggestions", "Text"], libraries: ["CLibXML2", yams])
    + room("Casework", uses: ["Suggestions", "Text"], libraries: [yams])
    + room("Publishing", uses: ["Suggestions", "Text"], libraries: [mustache, crypto, yams])
    + room("Stages", uses: ["Suggestions", "Text", "Rules"], libraries: [crypto, "CSketch"])
    + room(
      "Store", uses: ["Suggestions", "Casework", "Publishing"],
      libraries: [grdb, sqlite, crypto, cryptoExtras, "CZstandard", "CSQLiteSetup"])
    + room("Printing", uses: ["Suggestions", "Text"], libraries: ["CXLSXWriter", "CLibZip"])
    + room("Delivery", uses: ["Suggestions"], libraries: [crypto, "CCurl"])
    + room(
      "Pipeline", uses: ["Suggestions", "Text", "Rules", "Intake", "Stages", "Store"], libraries: [crypto, "CMalloc"])
    + room(
      "Console", uses: ["Suggestions", "Text", "Casework", "Store"],
      libraries: [hummingbird, hummingbirdCore, hummingbirdTLS, nioCore, nioSSL, httpTypes, logging, mustache, "CZlib"],
      resources: [.embedInCode("Pages")], stage: ["golden-ideas"])
    + room("Evaluation", uses: ["Suggestions", "Text", "Rules", "Stages"])
    + [
      .executableTarget(
        name: "golden-ideas",
        dependencies: [
          "Suggestions", "Text", "Rules", "Intake", "Casework", "Publishing", "Stages", "Store", "Delivery", "Printing", "Pipeline",
          "Evaluation", "Console", "CQREncode",
          arguments,
        ],
        swiftSettings: settings),
      .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
      .executableTarget(
        name: "micro-benchmarks",
        dependencies: ["Suggestions", "Text", "Matching", "Rules", "Intake", "Stages", "Store"],
        path: "Benchmarks/Micro", swiftSettings: settings),
      .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: settings),
      .testTarget(
        name: "EndToEndTests",
        dependencies: ["TestSupport", "Suggestions", "Casework", "Store", "golden-ideas"], swiftSettings: settings),
    ]
)
