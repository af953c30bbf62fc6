/// What ``SuggestionStore/verify()`` found. Numbers only: no text of anybody is part of it.
package struct VerificationReport: Sendable {
  package struct Counts: Sendable, Hashable {
    package var submissions = 0
    package var revisions = 0
    package var suggestions = 0
    package var quarantined = 0
    package var segments = 0
    /// Segments whose key was destroyed: what they held is erased.
    package var erasedSegments = 0
    package var events = 0
    /// Submissions whose text was erased.
    package var erased = 0
  }

  /// In the order of ``VerificationFault/Kind``; the first of each kind, with how many there are.
  package var faults: [VerificationFault] = []
  package var counts = Counts()
  /// Number of the last submission, seal and event. Written down elsewhere, together with ``head``, they show whether
  /// somebody cut the end off.
  package var tail: (submission: Int, seal: Int, event: Int) = (0, 0, 0)
  /// Hash of the last event, in hexadecimal digits; empty before the first.
  package var head = ""

  package var isSound: Bool { faults.isEmpty }
}

/// Something that does not hold, and where it was met first.
package struct VerificationFault: Error, Sendable, Hashable {
  package enum Kind: String, CaseIterable, Sendable {
    /// The file itself is damaged; `number` counts the database's own findings. Nothing else was looked at then.
    case pages
    /// An event does not follow from the one before it; its number.
    case chain
    /// An intake event cannot be read, or its seals do not go on where the batch before ended; its number.
    case events
    /// What an intake event counted is not what is there; its number, or 0 for the sum over all.
    case eventCounts = "event-counts"
    /// The versions of a batch are not those its event was written over; the event's number.
    case rows
    /// A seal no row has, or two rows have; its number.
    case seals
    /// A segment does not begin where the one before ended, or seals are left over; its first seal.
    case segmentOrder = "segment-order"
    /// A segment does not open, or does not hold the entries it should; its first seal.
    case segments
    /// A set-aside record whose sealed bytes are others; its number.
    case quarantine
    /// A submission's number is missing; that number.
    case numbers
    /// A suggestion that is not the own one of the submission with its number, or the reverse; its number.
    case suggestions
    /// A joined submission and the list of members disagree; the submission's number.
    case members
    /// A suggestion counts other submissions or supporters than it has; its number.
    case support
    /// A suggestion shows another verdict than that of its first submission; its number.
    case projection
    /// A submission follows one that does not exist or came later; its number.
    case leaders
    /// A row refers to a code that does not exist or is of another family; the submission's number, 0 outside them.
    case codes
    /// A verdict cannot be read; the submission's number.
    case verdicts
    /// The counts of a file do not add up; the run's number.
    case checkpoints
    /// A suggestion does not show what people decided of it; its number.
    case decisions
    /// The verdicts an event replaced are not those kept; the event's number.
    case earlierVerdicts = "earlier-verdicts"
    /// What was done to a case does not follow from one another, or its rows show another state than its acts lead to; the
    /// suggestion's number.
    case cases
    /// Stored due times are not those the clocks give, as after a new calendar; the suggestion's number.
    case dues
    /// A case counts as a matter again although nobody said so and it repeats none; the suggestion's number.
    case recurrences
    /// A suggestion counts as a part of another otherwise than the history tells; its number.
    case splits
    /// A suggestion is merged otherwise than people merged it; its number.
    case merges
    /// A message waiting to be told outside is of no event, shows another state than its deliveries have, or one of its
    /// deliveries is to nobody; its number.
    case outbox
    /// The index for finding texts about the same matter does not agree with the texts; the submission's number, or 0
    /// for its sums. Nothing is lost: the index can be made anew.
    case matters
    /// The index for searching holds what it cannot; the submission's number, or the first of its segment. Nothing is
    /// lost: the index can be made anew.
    case search
    /// The index of who wrote what does not agree with the submissions; the submission's number. Nothing is lost: the
    /// index can be made anew.
    case writers
    /// A user, with roles, password and sessions, is otherwise than the history tells; the user's number.
    case accounts
    /// A reporter's entry is otherwise than the history tells, or a text counts as another reporter's than it says; the
    /// reporter's number, or 0 for a text.
    case reporters
    /// An opinion book's dates are otherwise than the history tells; the book's number.
    case opinionBooks = "opinion-books"
    /// A typed page of an opinion book is otherwise than the history tells; its number.
    case bookPages = "book-pages"
    /// An issue of the digest was not signed as it has to be, or shows something else than its history tells; its number.
    case issues
    /// Something is left of an erased submission, or its erasure is not told as it should be; its number. 0 where an
    /// erasure waits to be ended, where the store and the journal of erasures disagree, and for set-aside records.
    case erasures
    /// A sealed entry whose time was over is not empty, or the history does not tell of it; its seal, 0 where an
    /// application tells of other entries than those that were emptied.
    case retention
    /// The history does not go on from a head that was written down earlier; the number of the first event that is
    /// missing or another.
    case head
  }

  package var kind: Kind
  package var number: Int
  /// How many there are of this kind.
  package var occurrences: Int
}

/// Keeps the first fault of each kind and counts the others.
struct FaultLog {
  private var found: [VerificationFault.Kind: VerificationFault] = [:]

  mutating func add(_ kind: VerificationFault.Kind, _ number: Int, occurrences: Int = 1) {
    found[kind, default: VerificationFault(kind: kind, number: number, occurrences: 0)].occurrences += occurrences
  }

  var faults: [VerificationFault] { VerificationFault.Kind.allCases.compactMap { found[$0] } }
}
