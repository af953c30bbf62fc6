import Casework
import Console
import Foundation
import Store
import Suggestions
import TestSupport
import Testing

/// Photographs that a form names: shown to whoever may see the case, and nothing else is.
@Suite struct PhotoPagesTests {
  private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 7, count: 300)
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
  private static let webP: [UInt8] = Array("RIFF".utf8) + [1, 0, 0, 0] + Array("WEBPVP8 ".utf8)

  /// What the form names, in this order.
  private static let names = [
    "IMG_1.jpg", "照片 二.png", "three.webp", "page.jpg", "../secret.jpg", "link.jpg", "folder.jpg", "none.jpg",
    "https://example.org/a.jpg?x=<b>", "javascript:alert(1)", "/etc/passwd", "..", "large.jpg", "empty.jpg",
    ".hidden.jpg", "inner/IMG_9.jpg",
  ]

  private let folder: TemporaryFolder
  private let premises: TestPremises
  private let id: Int

  init() throws {
    folder = try TemporaryFolder()
    let photos = folder.path("photos")
    let files = FileManager.default
    try files.createDirectory(atPath: photos + "/inner", withIntermediateDirectories: true)
    try files.createDirectory(atPath: photos + "/folder.jpg", withIntermediateDirectories: false)
    let contents: [String: [UInt8]] = [
      "photos/IMG_1.jpg": Self.jpeg, "photos/照片 二.png": Self.png, "photos/three.webp": Self.webP,
      "photos/page.jpg": Array("<script>alert(1)</script>".utf8), "secret.jpg": Self.jpeg,
      "photos/inner/IMG_9.jpg": Self.jpeg, "photos/.hidden.jpg": Self.jpeg, "photos/empty.jpg": [],
      "photos/large.jpg": Self.jpeg,
    ]
    for (name, bytes) in contents { try Data(bytes).write(to: URL(fileURLWithPath: folder.path(name))) }
    try files.createSymbolicLink(atPath: photos + "/link.jpg", withDestinationPath: folder.path("secret.jpg"))
    // Holes take no room.
    let large = try FileHandle(forWritingTo: URL(fileURLWithPath: photos + "/large.jpg"))
    try large.truncate(atOffset: UInt64(PhotoFolder.mostBytes) + 1)
    try large.close()

    var settings = ConsoleSettings()
    settings.photos = PhotoFolder(photos)
    premises = try TestPremises(settings: settings)
    let record: [String: Any] = [
      "id": "PHOTO-1", "title": "路边护栏歪了", "content": "小区门口的白色护栏被撞歪，尖的一头朝着非机动车道，请扶正。",
      "category": "问题反映", "submitted_at": "2025-07-30T09:10:26+08:00", "district": "武陵区", "attachments": Self.names,
    ]
    try premises.ingest(
      [String(decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self)], named: "photo.jsonl",
      profile: "dezhihui-json")
    id = try premises.store.read { session throws(StoreFault) in
      Int(try session.integer("SELECT number FROM submission WHERE external_id = 'PHOTO-1' AND suggestion = number"))
    }
    try #require(id > 0)
  }

  private func code(_ name: String) throws -> String { "\(id)-\(try #require(Self.names.firstIndex(of: name)) + 1)" }

  private func address(_ name: String) throws -> String { "/cases/\(id)/photos/\(try code(name))" }

  @Test func photosAreShown() async throws {
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    for page in ["/cases/\(id)", "/cases/\(id)/pane"] {
      let text = await premises.get(page, cookie, headers: ["accept-language": "zh-CN"]).text
      for (number, name) in ["IMG_1.jpg", "照片 二.png", "three.webp"].enumerated() {
        let picture = "<img src=\"\(try address(name))\" alt=\"照片 \(number + 1)（事项 \(id)）\""
        #expect(text.contains(picture), "\(name)")
      }
      #expect(text.components(separatedBy: "<img ").count == 4)
      #expect(text.contains("<a href=\"\(try address("page.jpg"))\""))
      let link = "<a href=\"https://example.org/a.jpg?x=&lt;b&gt;\" rel=\"noreferrer noopener\" target=\"_blank\""
      #expect(text.contains(link))
      #expect(!text.contains("href=\"javascript"))
      // All but four files and an address.
      #expect(text.components(separatedBy: "文件未找到").count == Self.names.count - 5 + 1)
      #expect(!text.contains("<dt>照片附件"))
    }
  }

  @Test(arguments: [
    ("IMG_1.jpg", "image/jpeg", jpeg), ("照片 二.png", "image/png", png), ("three.webp", "image/webp", webP),
  ])
  func aPhotoIsWhatItsBytesAre(_ name: String, _ type: String, _ bytes: [UInt8]) async throws {
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let reply = await premises.get(try address(name), cookie)
    #expect(reply.status == 200 && reply.type == type && reply.body == bytes)
    #expect(reply.header("Content-Disposition") == "inline")
    #expect(reply.header("X-Content-Type-Options") == "nosniff")
    #expect(reply.header("Cache-Control") == "private, max-age=300")
  }

  @Test func whatIsNoPhotoIsKeptNotShown() async throws {
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let reply = await premises.get(try address("page.jpg"), cookie)
    #expect(reply.status == 200 && reply.type == "application/octet-stream")
    #expect(reply.header("Content-Disposition") == "attachment; filename=\"page.jpg\"")
    #expect(reply.header("X-Content-Type-Options") == "nosniff")
  }

  @Test func nothingElseIsReached() async throws {
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let shown: Set = ["IMG_1.jpg", "照片 二.png", "three.webp", "page.jpg"]
    for name in Self.names where !shown.contains(name) {
      #expect(await premises.get(try address(name), cookie).status == 404, "\(name)")
    }
    let codes = [
      "\(id)-0", "\(id)-99", "1-1", "x", "act-1-1", "IMG_1.jpg", "..%2Fsecret.jpg", "%2E%2E", "\(id)-1%00",
      "\(id)-1%2F..",
    ]
    for code in codes { #expect(await premises.get("/cases/\(id)/photos/\(code)", cookie).status == 404, "\(code)") }
  }

  @Test func whoMayNotSeeTheCaseSeesNoPhoto() async throws {
    let address = try address("IMG_1.jpg")
    let strangers = [
      ("far", RoleScope(.moderator, regions: ["430703"])),
      ("housing", RoleScope(.department, handler: TestCase.unit)), ("editor", RoleScope(.publisher)),
    ]
    for (name, scope) in strangers {
      #expect(await premises.get(address, try premises.cookie(name, scope)).status == 404, "\(name)")
    }
    #expect(await premises.get(address).status == 303)
    let near = try premises.cookie("near", RoleScope(.moderator, regions: ["430702"]))
    #expect(await premises.get(address, near).status == 200)
  }

  @Test func whatProvesAnActIsShownWithIt() async throws {
    let test = TestCase(premises, id: id, receipt: "")
    try test.order()
    try test.act(.sign, .department)
    try test.act(.resolve, .department) { $0.proofs = ["IMG_1.jpg", "photo:demo-1", "../secret.jpg"] }
    let cookie = try premises.cookie("housing", RoleScope(.department, handler: TestCase.unit))
    let page = await premises.get("/cases/\(id)", cookie, headers: ["accept-language": "zh-CN"])
    #expect(page.text.contains("<img src=\"/cases/\(id)/photos/act-3-1\""))
    #expect(page.text.contains("photo:demo-1"))
    // A number of another system is not missing.
    #expect(page.text.components(separatedBy: "文件未找到").count == Self.names.count - 5 + 1)
    #expect(await premises.get("/cases/\(id)/photos/act-3-1", cookie).body == Self.jpeg)
    for code in ["act-3-2", "act-3-3", "act-3-4", "act-2-1"] {
      #expect(await premises.get("/cases/\(id)/photos/\(code)", cookie).status == 404, "\(code)")
    }
  }

  /// Without a folder the names are words.
  @Test func withoutAFolder() async throws {
    let premises = try TestPremises()
    let cookie = try premises.cookie("reviewer", RoleScope(.moderator))
    let named = try #require(
      try premises.store.suggestion(id: "126", names: premises.premises.services.codeNames)?.members.first)
    let name = try #require(named.attributes.first { $0.name == Field.attachments.name }?.text)
    let page = await premises.get("/cases/126", cookie, headers: ["accept-language": "zh-CN"])
    #expect(page.text.contains("<span dir=\"auto\">\(name)</span>"))
    #expect(!page.text.contains("文件未找到") && !page.text.contains("<img"))
    #expect(await premises.get("/cases/126/photos/126-1", cookie).status == 404)
    #expect(PhotoFolder(PackageRoot.path + "/nowhere") == nil && PhotoFolder(PackageRoot.path + "/README.md") == nil)
  }
}
