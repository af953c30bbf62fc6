import Foundation
import Rules
import TestSupport
import Testing

/// The schemas editors use are those the compiler reads by.
struct BookSchemaTests {
  @Test(arguments: BookSchema.names) func theFilesInTheBookAreUpToDate(_ name: String) throws {
    let written = try String(decoding: PackageRoot.bytes("rules/schema/\(name).schema.json"), as: UTF8.self)
    // Written by `golden-ideas rules schema`.
    #expect(written == BookSchema.text(name))
  }

  @Test func everyKeyHasAWordForTheEditor() throws {
    for name in BookSchema.names {
      let schema = try JSONValue(Data(#require(BookSchema.text(name)).utf8))
      #expect(schema["additionalProperties"] == .bool(false))
      #expect(!schema["properties"].keys.isEmpty)
      for key in schema["properties"].keys { #expect(schema["properties"][key]["description"].text?.isEmpty == false) }
    }
  }

  @Test func otherNamesHaveNone() { #expect(BookSchema.text("profiles") == nil) }
}
