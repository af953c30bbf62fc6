internal import Casework
internal import Foundation
internal import Store
internal import Suggestions

/// What is shown of a case: the photographs its writers named, and those that prove what was done.
struct CasePhotos {
  struct Photo {
    enum Origin: Hashable {
      case submission(Int)
      /// Number of the act it came with.
      case act(Int)
    }

    var origin: Origin
    /// In what came from there, from 1.
    var place: Int
    /// Name of a file, address, or number.
    var text: String

    /// The last part of its address: `12-1`, of an act `act-3-1`. What comes later changes no earlier one.
    var code: String {
      switch origin {
      case .submission(let number): "\(number)-\(place)"
      case .act(let number): "act-\(number)-\(place)"
      }
    }

    /// Whether it says where on the web it is.
    var isAddress: Bool {
      let text = text.lowercased()
      return (text.hasPrefix("https://") || text.hasPrefix("http://"))
        && text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && !$0.properties.isWhitespace }
    }
  }

  private(set) var photos: [Photo] = []
  /// How many more there are.
  private(set) var more = 0

  /// Of one submission or act; a form could name thousands.
  private static let mostOfOne = 24
  private static let most = 60

  init(_ reading: CaseReading) {
    for member in reading.detail.members {
      for attribute in member.attributes where attribute.name == Field.attachments.name {
        add(attribute.text.split(whereSeparator: \.isNewline).map(String.init), from: .submission(member.number))
      }
    }
    // An act that was undone showed nothing.
    for event in (try? reading.history.standingEvents()) ?? [] {
      add(event.details.proofs, from: .act(event.number))
    }
  }

  private mutating func add(_ texts: [String], from origin: Photo.Origin) {
    let named = texts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    let kept = named.prefix(min(CasePhotos.mostOfOne, CasePhotos.most - photos.count))
    for (index, text) in kept.enumerated() { photos.append(Photo(origin: origin, place: index + 1, text: text)) }
    more += named.count - kept.count
  }

  subscript(_ code: String) -> Photo? { photos.first { $0.code == code } }
}
