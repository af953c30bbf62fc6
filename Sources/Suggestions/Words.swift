/// 类别: what a submission asks for.
package enum Kind: UInt8, CaseIterable, Sendable {
  case other = 0
  case idea = 1
  case fault = 2
  /// Done already: helped on the spot, or spread the word. Counted, never clocked.
  case contribution = 3
  case praise = 4
  case enquiry = 5

  package var code: String {
    switch self {
    case .other: "other"
    case .idea: "idea"
    case .fault: "fault"
    case .contribution: "contribution"
    case .praise: "praise"
    case .enquiry: "enquiry"
    }
  }
}

/// 四随: which of the four acts a rider did, where the channel or the text says so.
package enum Act: UInt8, CaseIterable, Sendable {
  case none = 0
  case photo = 1
  case help = 2
  case spread = 3
  case report = 4

  package var code: String {
    switch self {
    case .none: "none"
    case .photo: "photo"
    case .help: "help"
    case .spread: "spread"
    case .report: "report"
    }
  }
}

/// 通道: sensitive matters never meet the ordinary queue, its duplicate index or its exports.
package enum Track: UInt8, CaseIterable, Sendable {
  case ordinary = 0
  case sensitive = 1

  package var code: String { self == .ordinary ? "ordinary" : "sensitive" }
}

/// How soon somebody must act; orders the queue and later picks the clocks.
package enum Urgency: UInt8, CaseIterable, Sendable, Comparable {
  case idea = 0
  case ordinary = 1
  /// Water, power, gas or heat is out.
  case outage = 2
  /// Danger to life.
  case danger = 3

  package var code: String {
    switch self {
    case .idea: "idea"
    case .ordinary: "ordinary"
    case .outage: "outage"
    case .danger: "danger"
    }
  }

  package static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
}

/// What a moderator should see first about a text.
package enum ModerationFlag: UInt8, CaseIterable, Sendable {
  case insult = 0
  case advertisement = 1
  /// Belongs to 110, 119, 120 or 122.
  case emergency = 2
  case otherCity = 3
  /// Already in court, arbitration or petition.
  case inCourt = 4
  case noRequest = 5
  case discipline = 6

  package var code: String {
    switch self {
    case .insult: "insult"
    case .advertisement: "advertisement"
    case .emergency: "emergency"
    case .otherCity: "other-city"
    case .inCourt: "in-court"
    case .noRequest: "no-request"
    case .discipline: "discipline"
    }
  }
}

/// Which door a submission came through.
package enum Channel: UInt8, CaseIterable, Sendable {
  case other = 0
  case webForm = 1
  case app = 2
  case chat = 3
  case opinionBook = 4
  case hotline = 5
  case letter = 6
  case visit = 7
  case miniProgram = 8
  case kiosk = 9
  case api = 10

  package var code: String {
    switch self {
    case .other: "other"
    case .webForm: "web-form"
    case .app: "app"
    case .chat: "chat"
    case .opinionBook: "opinion-book"
    case .hotline: "hotline"
    case .letter: "letter"
    case .visit: "visit"
    case .miniProgram: "wechat-mini"
    case .kiosk: "kiosk"
    case .api: "api"
    }
  }
}

/// How a submission relates to an earlier one.
package enum DuplicateKind: UInt8, CaseIterable, Sendable {
  case none = 0
  /// The same folded text about a compatible place; joined to the earlier suggestion at once.
  case exact = 1
  /// Character-3-gram Jaccard of at least one half, of short texts 2-gram Jaccard of at least 0.6; linked to its leader,
  /// for a person to confirm.
  case near = 2
  /// One text stands inside the other, which says more; linked to its leader.
  case contained = 3

  package var code: String {
    switch self {
    case .none: "none"
    case .exact: "exact"
    case .near: "near"
    case .contained: "contained"
    }
  }

  /// Whether the two are linked and stay two suggestions.
  package var isLink: Bool { self == .near || self == .contained }

  /// Code in the store, which keeps both kinds of links as 2 and marks the contained ones in a column of their own.
  package var stored: Int { min(2, Int(rawValue)) }
}

/// What differs between two near texts; such a pair is linked, but never proposed for merging.
package enum Difference: UInt8, CaseIterable, Sendable {
  case none = 0
  /// A number: of a bus line, a lamp post, a door; how many.
  case number = 1
  /// An estate, a village, a park, a shop, or the place the records claim.
  case place = 2
  case road = 3
  /// A block, a unit, a floor, a house number.
  case building = 4

  package var code: String {
    switch self {
    case .none: "none"
    case .number: "number"
    case .place: "place"
    case .road: "road"
    case .building: "building"
    }
  }
}

/// 办理状态: where a suggestion is in its life. Stored by number; the room of casework has the edges between them.
/// What runs beside a state (extension, urging, supervision, call-back) is an overlay and none of these.
package enum CaseState: UInt8, CaseIterable, Sendable {
  /// 待审核: waits in the review queue.
  case pending = 0
  /// 不予受理: not taken up, with a reason the writer is told.
  case rejected = 1
  /// 并案: handled with another suggestion; answered through that one, to every receipt.
  case merged = 2
  /// 派单: ordered from a unit that has not signed for it.
  case dispatched = 3
  /// 签收办理: the unit has taken it on.
  case signed = 4
  /// 退单: the unit says that it is not its business, with basis and proposed owner.
  case returned = 5
  /// 答复: an answer stands and waits for approval and for the writer to be told.
  case answered = 6
  /// 办结: done, and the writer told.
  case closed = 7
  /// 重办: was closed and is open again, with the unit that had it.
  case reopened = 8
  /// 归档: out of the daily view; only the administrator takes it out again.
  case archived = 9

  package var code: String {
    switch self {
    case .pending: "pending"
    case .rejected: "rejected"
    case .merged: "merged"
    case .dispatched: "dispatched"
    case .signed: "signed"
    case .returned: "returned"
    case .answered: "answered"
    case .closed: "closed"
    case .reopened: "reopened"
    case .archived: "archived"
    }
  }
}
