/// What one file may ask of the readers; whoever asks for more is set aside, never served.
package struct IntakeLimits: Sendable {
  /// Levels of elements, objects and arrays inside one another.
  package var depth = 64
  /// Attributes of one XML element.
  package var attributes = 64
  /// Bytes of one XML element name.
  package var nameBytes = 256
  /// Bytes of one XML tag, comment or processing instruction.
  package var tagBytes = 64 << 10
  /// Bytes of one field, and of one uninterrupted run of XML text.
  package var fieldBytes = 1 << 20
  /// Bytes of one record as received.
  package var recordBytes = 4 << 20
  /// Keys of one JSON object, and mapped values of one XML record.
  package var fieldsPerRecord = 512
  /// Bytes at the start of a file within which its shape must show.
  package var headBytes = 256 << 10

  package init() {}

  package static let standard = IntakeLimits()
}
