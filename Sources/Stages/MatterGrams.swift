/// A piece of a text of two to four characters, and how often it stands there.
package struct MatterGram: Sendable, Hashable {
  /// 15 bits a character, the last in the lowest: what has two characters lies under 2³⁰.
  package var key: UInt64
  package var count: UInt32

  package init(key: UInt64, count: UInt32) {
    self.key = key
    self.count = count
  }

  var hasTwoCharacters: Bool { key < 1 << 30 }
  var hasThreeCharacters: Bool { key >= 1 << 30 && key < 1 << 45 }
}

/// What a text says, for finding other texts about the same matter: the pieces of two, three and four characters in the
/// unbroken runs of Han characters, letters and digits of its folded title and body. Punctuation and the tokens that
/// stand for cut-out personal details break a run, so nothing of those is ever part of a piece.
package struct MatterGrams: Sendable {
  /// Of the title; where there is none, of the body's first ``standInLength`` characters, so that the text is found by
  /// them among titles.
  package var title: [MatterGram]
  package var body: [MatterGram]
  package var hasTitle: Bool

  package static let standInLength = 30
  /// Longer texts are known by their beginning; with it sums of squares stay far from 64 bits.
  static let longestText = 1 << 14
}

/// Takes texts apart into ``MatterGrams``; one is used for many texts, one after the other.
///
/// An open-addressed table that is cleared by counting, as ``GramSet`` is.
package struct MatterGramReader: ~Copyable {
  private struct Slot {
    var key: UInt64 = 0
    var generation: UInt32 = 0
    var place: UInt32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private var generation: UInt32 = 0
  private var found: [MatterGram] = []

  package init() {}

  /// - Parameters:
  ///   - title: folded.
  ///   - body: folded.
  package mutating func read(
    title: UnsafeBufferPointer<UInt32>, body: UnsafeBufferPointer<UInt32>
  ) -> MatterGrams {
    let body = UnsafeBufferPointer(rebasing: body.prefix(MatterGrams.longestText))
    let own = grams(UnsafeBufferPointer(rebasing: title.prefix(MatterGrams.longestText)))
    let standIn = UnsafeBufferPointer(rebasing: body.prefix(MatterGrams.standInLength))
    return MatterGrams(title: own.isEmpty ? grams(standIn) : own, body: grams(body), hasTitle: !own.isEmpty)
  }

  private mutating func grams(_ text: UnsafeBufferPointer<UInt32>) -> [MatterGram] {
    let needed = max(1 << 12, text.count * 6)
    if slots.count < needed {
      slots = Array(repeating: Slot(), count: 1 << (Int.bitWidth - (needed - 1).leadingZeroBitCount))
      generation = 0
    }
    generation &+= 1
    found.removeAll(keepingCapacity: true)
    let mask = slots.count - 1
    let generation = generation
    slots.withUnsafeMutableBufferPointer { slots in
      // The last three characters of the run, 0 where it is shorter.
      var window: UInt64 = 0
      for scalar in text {
        let letter = MatterLetter.code(scalar)
        if letter == 0 {
          window = 0
          continue
        }
        var key = letter
        var earlier = window
        var shift: UInt64 = 15
        while earlier != 0 {
          key |= (earlier & 0x7FFF) << shift
          earlier >>= 15
          shift += 15
          var slot = Int(truncatingIfNeeded: MatterFrequencies.mixed(key)) & mask
          while slots[slot].generation == generation, slots[slot].key != key { slot = (slot + 1) & mask }
          if slots[slot].generation == generation {
            found[Int(slots[slot].place)].count += 1
          } else {
            slots[slot] = Slot(key: key, generation: generation, place: UInt32(found.count))
            found.append(MatterGram(key: key, count: 1))
          }
        }
        window = (window << 15 | letter) & 0x1FFF_FFFF_FFFF
      }
    }
    return found
  }
}

/// Characters that pieces are made of, numbered from 1 in 15 bits.
enum MatterLetter {
  /// 0 for what breaks a run.
  @inline(__always)
  static func code(_ scalar: UInt32) -> UInt64 {
    switch scalar {
    case 0x4E00...0x9FFF: UInt64(scalar - 0x4E00) + 37
    case 0x30...0x39: UInt64(scalar - 0x30) + 1
    case 0x61...0x7A: UInt64(scalar - 0x61) + 11
    case 0x3007: 31_717
    case 0x3400...0x4DBF: UInt64(scalar - 0x3400) + 21_029
    // Rare characters of names; two that share a number now and then do no harm.
    case 0x20000...0x3FFFF: UInt64(scalar & 0xFFF) + 27_621
    default: 0
    }
  }
}
