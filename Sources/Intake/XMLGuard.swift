#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Suggestions

/// Stands before libxml2 and refuses what the parser cannot stop cheaply: a document type, thousands of attributes on
/// one tag (quadratic in libxml2 2.9), endless tags, comments and texts, bytes that are no UTF-8, NUL.
///
/// Looks at every byte once and keeps nothing but a few counters. What it lets pass need not be well-formed.
struct XMLGuard {
  struct Finding {
    var reason: SetAsideReason
    /// Index in the chunk where the trouble shows, negative when that was in an earlier one.
    var at: Int
  }

  private enum State {
    case text
    /// Behind `<`.
    case open
    /// Behind `<!`.
    case bang
    /// Behind `<!-`.
    case bangDash
    /// Behind `<![`; so many letters of `CDATA[` met.
    case bangBracket(Int)
    case startTag(quote: UInt8)
    case endTag
    /// So many dashes in a row just met.
    case comment(dashes: Int)
    case instruction(isMark: Bool)
    case cdata(brackets: Int)
  }

  private var state = State.text
  private var hasRoot = false
  /// Bytes of the tag, comment or text run at hand.
  private var run = 0
  private var equalSigns = 0
  /// Where the construct at hand begins, as an index in the chunk; negative when it began in an earlier one.
  private var construct = 0
  private let limits: IntakeLimits

  init(limits: IntakeLimits) { self.limits = limits }

  /// How many bytes the parser may have, and the finding that stops it there.
  mutating func pass(_ base: UnsafePointer<UInt8>, _ count: Int) -> (safe: Int, finding: Finding?) {
    var at = 0
    defer { construct -= count }
    while at < count {
      switch state {
      case .text:
        let found = memchr(base + at, 0x3C, count - at)
          .map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base }
        let stop = found ?? count
        if run + stop - at > limits.fieldBytes {
          at += limits.fieldBytes - run
          return (at, Finding(reason: .limitExceeded(name: "field bytes", limit: limits.fieldBytes), at: at))
        }
        run += stop - at
        at = stop
        if found != nil {
          construct = at
          state = .open
          run = 1
          at += 1
        }
      case .open:
        switch base[at] {
        case UInt8(ascii: "!"): state = .bang
        case UInt8(ascii: "?"): state = .instruction(isMark: false)
        case UInt8(ascii: "/"): state = .endTag
        default:
          state = .startTag(quote: 0)
          equalSigns = 0
          hasRoot = true
        }
        run += 1
        // A start tag's first byte is looked at again, as it might be its last.
        if case .startTag = state { continue }
        at += 1
      case .bang:
        switch base[at] {
        case UInt8(ascii: "-"): state = .bangDash
        case UInt8(ascii: "["): state = .bangBracket(0)
        default:
          if !hasRoot { return (max(0, construct), Finding(reason: .documentType, at: construct)) }
          state = .endTag
        }
        run += 1
        at += 1
      case .bangDash:
        state = base[at] == UInt8(ascii: "-") ? .comment(dashes: 0) : .endTag
        run += 1
        at += 1
      case .bangBracket(let met):
        if base[at] != XMLGuard.cdata[met] {
          state = .endTag
        } else if met == 5 {
          state = .cdata(brackets: 0)
          run = 0
        } else {
          state = .bangBracket(met + 1)
        }
        at += 1
      case .startTag(var quote):
        while at < count {
          let byte = base[at]
          at += 1
          run += 1
          if quote != 0 {
            if byte == quote { quote = 0 }
          } else if byte == UInt8(ascii: ">") {
            state = .text
            run = 0
            break
          } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            quote = byte
          } else if byte == UInt8(ascii: "=") {
            equalSigns += 1
            if equalSigns > limits.attributes {
              let reason = SetAsideReason.limitExceeded(name: "attributes", limit: limits.attributes)
              return (max(0, construct), Finding(reason: reason, at: at - 1))
            }
          }
          if run > limits.tagBytes { return tooLong(construct, at - 1) }
        }
        if case .startTag = state { state = .startTag(quote: quote) }
      case .endTag:
        while at < count {
          let byte = base[at]
          at += 1
          run += 1
          if byte == UInt8(ascii: ">") {
            state = .text
            run = 0
            break
          }
          if run > limits.tagBytes { return tooLong(construct, at - 1) }
        }
      case .comment(let dashes):
        let byte = base[at]
        at += 1
        run += 1
        if byte == UInt8(ascii: "-") {
          state = .comment(dashes: dashes + 1)
        } else if byte == UInt8(ascii: ">"), dashes >= 2 {
          state = .text
          run = 0
        } else {
          state = .comment(dashes: 0)
        }
        if run > limits.tagBytes { return tooLong(construct, at - 1) }
      case .instruction(let isMark):
        let byte = base[at]
        at += 1
        run += 1
        if byte == UInt8(ascii: ">"), isMark {
          state = .text
          run = 0
        } else {
          state = .instruction(isMark: byte == UInt8(ascii: "?"))
        }
        if run > limits.tagBytes { return tooLong(construct, at - 1) }
      case .cdata(let brackets):
        let byte = base[at]
        at += 1
        run += 1
        if byte == UInt8(ascii: "]") {
          state = .cdata(brackets: brackets + 1)
        } else if byte == UInt8(ascii: ">"), brackets >= 2 {
          state = .text
          run = 0
        } else {
          state = .cdata(brackets: 0)
          let next = memchr(base + at, 0x5D, count - at)
          let stop = next.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? count
          run += stop - at
          at = stop
        }
        if run > limits.fieldBytes {
          let stop = max(0, at - (run - limits.fieldBytes))
          return (stop, Finding(reason: .limitExceeded(name: "field bytes", limit: limits.fieldBytes), at: stop))
        }
      }
    }
    return (count, nil)
  }

  private func tooLong(_ construct: Int, _ at: Int) -> (safe: Int, finding: Finding?) {
    (max(0, construct), Finding(reason: .limitExceeded(name: "tag bytes", limit: limits.tagBytes), at: at))
  }

  private static let cdata: [UInt8] = Array("CDATA[".utf8)
}
