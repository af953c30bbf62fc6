internal import Suggestions

/// 办理流程: the one table of what may be done to a case. What is not a row is illegal. For one act, state, kind, track
/// and role there is at most one row, so that a refusal can say exactly what is missing.
package enum CaseLifecycle {
  package static let edges: [CaseEdge] = intake + orders + handling + answers + endings + overlays + ideas

  /// The rows of an act.
  package static func edges(of action: CaseAction) -> [CaseEdge] { byAction[action] ?? [] }
  private static let byAction = Dictionary(grouping: edges, by: \.action)

  // Who does what a reviewer does; who works in the unit.
  private static let platform: Set<CaseRole> = [.moderator, .lead]
  private static let unit: Set<CaseRole> = [.department, .departmentHead, .stationKeeper]

  /// Contributions are counted and thanked for; nobody is ordered to do what is done.
  private static let ordered: Set<Kind> = [.other, .idea, .fault, .praise, .enquiry]
  private static let mended: Set<Kind> = [.fault, .other]
  private static let everywhere = Set(CaseState.allCases)

  /// The review queue. Nobody but the platform decides what is taken up.
  private static let intake: [CaseEdge] = [
    CaseEdge(.dispatch, [.pending], .state(.dispatched), by: platform, kinds: ordered, needs: [.handler]),
    CaseEdge(.reject, [.pending, .returned], .state(.rejected), by: platform, needs: [.rejection, .reason]),
    // A merge moves nothing: the case keeps its receipts and history, so parting it restores the state it had.
    // A case somebody works on already can turn out to be part of another; the order rests while it is merged.
    CaseEdge(
      .merge, [.pending, .dispatched, .signed, .returned, .answered, .reopened], .state(.merged), by: platform,
      needs: [.target, .reason]),
    // Only while nobody has the whole: a unit must not find a part of its order gone.
    CaseEdge(.split, [.pending, .returned], .same, by: platform, needs: [.parts, .reason]),
    CaseEdge(.unmerge, [.merged], .before, by: platform, needs: [.reason]),
    CaseEdge(
      .thank, [.pending, .returned, .reopened], .state(.closed), by: platform, kinds: [.contribution, .praise],
      needs: [.text]),
    // What the platform knows itself needs no order; a fault or an idea always goes to somebody who can act.
    CaseEdge(
      .reply, [.pending, .returned, .reopened], .state(.answered), by: platform, kinds: [.enquiry, .other, .praise],
      needs: [.text]),
    CaseEdge(
      .correct, [.pending, .returned, .reopened], .same, by: platform, needs: [.correction, .reason]),
    // One way only: a sensitive matter that has been seen in the ordinary queue cannot be unseen.
    CaseEdge(
      .divert, [.pending, .dispatched, .signed, .returned, .answered, .reopened], .same, by: platform,
      tracks: [.ordinary], needs: [.reason]),
  ]

  /// Orders go out from the platform and come back to it: there is no row by which a unit hands one to another unit.
  private static let orders: [CaseEdge] = [
    CaseEdge(
      .dispatch, [.returned], .state(.dispatched), by: platform, kinds: ordered, needs: [.handler],
      when: [.isBelowReturnLimit, .isNotReturnedByHandler]),
    CaseEdge(
      .dispatch, [.reopened], .state(.dispatched), by: platform, kinds: ordered, needs: [.handler, .reason]),
    CaseEdge(
      .adjudicate, [.returned], .state(.dispatched), by: [.lead], kinds: ordered, needs: [.handler, .reason, .basis]),
    // Only until somebody has signed: then the unit may have sent a crew, and returning is its own act.
    CaseEdge(.recall, [.dispatched], .before, by: platform, needs: [.reason]),
    CaseEdge(.sign, [.dispatched, .reopened], .state(.signed), by: unit, when: [.isHandler]),
    CaseEdge(
      .sendBack, [.dispatched, .signed], .state(.returned), by: unit, needs: [.reason, .basis, .proposedOwner],
      when: [.isHandler, .isReturnable]),
    CaseEdge(.releaseContact, [.dispatched, .signed, .reopened], .same, by: platform, needs: [.reason]),
  ]

  /// The unit's own work.
  private static let handling: [CaseEdge] = [
    CaseEdge(.arrive, [.signed], .same, by: unit, kinds: mended, when: [.isHandler]),
    CaseEdge(.resolve, [.signed], .same, by: unit, kinds: mended, needs: [.proof], when: [.isHandler]),
    CaseEdge(.assist, [.dispatched, .signed, .reopened], .same, by: unit, needs: [.text], when: [.isCoHandler]),
    // Riders pass the place anyway; what they see is proof as good as the unit's.
    CaseEdge(
      .witness, [.dispatched, .signed, .answered, .reopened], .same, by: [.reporter], kinds: mended,
      tracks: [.ordinary], needs: [.proof]),
    CaseEdge(
      .askExtension, [.signed], .same, by: unit, needs: [.reason, .extra],
      when: [.isHandler, .isBeforeDue, .hasNoOpenExtension]),
    CaseEdge(.grantExtension, [.signed], .same, by: platform, needs: [.extra], when: [.hasOpenExtension]),
    CaseEdge(.refuseExtension, [.signed], .same, by: platform, needs: [.reason], when: [.hasOpenExtension]),
  ]

  private static let answers: [CaseEdge] = [
    // An idea's answer says what it came to; a fault's says what was done.
    CaseEdge(
      .answer, [.signed], .state(.answered), by: unit, kinds: [.idea], needs: [.text, .outcome], when: [.isHandler]),
    CaseEdge(
      .answer, [.signed], .state(.answered), by: unit, kinds: [.fault, .other, .praise, .enquiry, .contribution],
      needs: [.text], when: [.isHandler]),
    CaseEdge(.approve, [.answered], .same, by: [.departmentHead], when: [.isHandler, .isNotApproved]),
    CaseEdge(.refuseAnswer, [.answered], .state(.signed), by: [.departmentHead], needs: [.reason], when: [.isHandler]),
    CaseEdge(.refuseAnswer, [.answered], .state(.signed), by: platform, needs: [.reason]),
    CaseEdge(.tell, [.rejected, .answered, .closed], .same, by: [.moderator, .lead, .system], needs: [.text]),
    CaseEdge(.tell, [.rejected, .answered, .closed], .same, by: [.stationKeeper], needs: [.text], when: [.isKeeper]),
  ]

  /// 闭环: no case is closed before its writer has a result message.
  private static let endings: [CaseEdge] = [
    CaseEdge(
      .close, [.answered], .state(.closed), by: platform, kinds: [.fault],
      when: [.hasProof, .isApproved, .isWriterTold]),
    CaseEdge(
      .close, [.answered], .state(.closed), by: platform, kinds: [.idea],
      when: [.hasOutcome, .isApproved, .isWriterTold]),
    CaseEdge(
      .close, [.answered], .state(.closed), by: platform, kinds: [.other, .praise, .enquiry, .contribution],
      when: [.isApproved, .isWriterTold]),
    CaseEdge(
      .reopen, [.closed], .state(.reopened), by: [.moderator, .lead, .writer, .supervisor], kinds: ordered,
      needs: [.reason], when: [.isReopenable]),
    CaseEdge(.reconsider, [.rejected], .state(.pending), by: platform, needs: [.reason]),
    CaseEdge(.callBack, [.closed], .same, by: [.moderator, .lead, .writer], needs: [.callBack]),
    CaseEdge(.callBack, [.closed], .same, by: [.stationKeeper], needs: [.callBack], when: [.isKeeper]),
    CaseEdge(.archive, [.closed, .rejected], .state(.archived), by: [.lead, .administrator, .system]),
    CaseEdge(.restore, [.archived], .before, by: [.administrator], needs: [.reason]),
    CaseEdge(
      .publish, [.closed, .archived], .same, by: [.publisher], tracks: [.ordinary], when: [.isUnpublished]),
    CaseEdge(
      .undo, everywhere, .before,
      by: [
        .moderator, .lead, .department, .departmentHead, .stationKeeper, .reporter, .supervisor, .publisher,
        .administrator,
      ],
      needs: [.undoes, .reason], when: [.isUndoable]),
  ]

  private static let open: Set<CaseState> = [.dispatched, .signed, .reopened]
  private static let waiting: Set<CaseState> = [.pending, .returned, .answered, .reopened]

  private static let overlays: [CaseEdge] = [
    CaseEdge(.urge, open.union([.returned]), .same, by: [.moderator, .lead, .supervisor, .writer, .system]),
    CaseEdge(
      .supervise, open.union([.pending, .returned, .answered]), .same, by: [.lead, .supervisor], needs: [.reason],
      when: [.isNotSupervised]),
    CaseEdge(
      .endSupervision, everywhere, .same, by: [.lead, .supervisor], needs: [.reason], when: [.isSupervised]),
    CaseEdge(.askWriter, [.pending], .same, by: platform, needs: [.text], when: [.isNotWaiting]),
    CaseEdge(.askWriter, [.signed], .same, by: unit, needs: [.text], when: [.isHandler, .isNotWaiting]),
    CaseEdge(.resume, [.pending, .signed], .same, by: [.moderator, .lead, .writer, .system], when: [.isWaiting]),
    CaseEdge(.resume, [.signed], .same, by: unit, when: [.isHandler, .isWaiting]),
    CaseEdge(.claim, waiting, .same, by: platform, needs: [.until], when: [.isFree]),
    CaseEdge(.release, everywhere, .same, by: [.moderator, .lead, .system], when: [.holdsClaim]),
    CaseEdge(
      .snooze, [.pending, .returned], .same, by: platform, needs: [.until, .reason], when: [.isNotSnoozed]),
    CaseEdge(.wake, [.pending, .returned], .same, by: [.moderator, .lead, .system], when: [.isSnoozed]),
    CaseEdge(
      .note, everywhere, .same,
      by: [.moderator, .lead, .department, .departmentHead, .stationKeeper, .supervisor, .publisher, .administrator],
      needs: [.text]),
  ]

  /// 金点子: the way of an idea beside its case. Nothing of the sensitive track is ever put forward.
  private static let judged: Set<CaseState> = [.pending, .dispatched, .signed, .answered, .closed]
  private static let ideas: [CaseEdge] = [
    CaseEdge(.shortlist, judged, .same, by: platform, kinds: [.idea], tracks: [.ordinary]),
    CaseEdge(.score, judged, .same, by: platform, kinds: [.idea], tracks: [.ordinary], needs: [.score]),
    CaseEdge(.adopt, [.answered, .closed], .same, by: [.lead], kinds: [.idea], tracks: [.ordinary]),
    CaseEdge(.award, [.closed], .same, by: [.lead], kinds: [.idea], tracks: [.ordinary], needs: [.award]),
  ]
}
