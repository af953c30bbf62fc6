import Delivery
import Store
import Suggestions

/// The outbox for people and for programs.
struct OutboxScreen {
  let messages: Messages

  func table(_ items: [OutboxItem]) -> String {
    guard !items.isEmpty else { return messages("发件箱里没有这样的消息。", "no such messages in the outbox.") }
    var table = TextTable(
      columns: [
        (messages("编号", "id"), .right), (messages("消息", "message"), .left), (messages("事项", "case"), .right),
        (messages("最早", "not before"), .left), (messages("接收方", "receiver"), .right),
        (messages("状态", "state"), .left), (messages("次数", "tries"), .right), (messages("下次", "next"), .left),
        (messages("原因", "why"), .left),
      ])
    for item in items {
      for (index, delivery) in item.deliveries.enumerated() {
        let isFirst = index == 0
        let status = delivery.status.map { " \($0)" } ?? ""
        table.add([
          isFirst ? String(item.id) : "", isFirst ? messages.messageKind(item.kind) : "",
          isFirst && item.subject > 0 ? String(item.subject) : "", isFirst ? LocalTime.short(item.notBefore) : "",
          String(delivery.receiver), messages.outboxState(delivery.state), String(delivery.attempts),
          delivery.nextAt.map(LocalTime.short) ?? "", (delivery.fault.map(messages.transferFault) ?? "") + status,
        ])
      }
    }
    return table.text
  }

  func table(_ receivers: [Receiver]) -> String {
    guard !receivers.isEmpty else {
      return messages(
        "还没有接收方；用 outbox add-webhook 或 outbox add-mail 添加。", "no receivers yet; add one with outbox add-webhook or outbox add-mail.")
    }
    var table = TextTable(
      columns: [
        (messages("编号", "id"), .right), (messages("方式", "by"), .left), (messages("地址", "address"), .left),
        (messages("消息", "kinds"), .left), (messages("单位", "unit"), .left), (messages("敏感", "sensitive"), .left),
        (messages("状态", "state"), .left),
      ])
    for receiver in receivers {
      let state = switch receiver.ending {
      case .removed: messages("已移除", "removed")
      case .gone: messages("对方已停收", "gone")
      case nil where receiver.failures > 0:
        messages("连续失败 \(receiver.failures) 次", "\(receiver.failures) failures in a row")
      case nil: messages("正常", "in use")
      }
      table.add([
        String(receiver.id), messages.medium(receiver.medium), OutboxScreen.shown(receiver),
        receiver.kinds.isEmpty ? messages("全部", "all") : receiver.kinds.joined(separator: " "), receiver.unit ?? "",
        receiver.isSensitive ? messages("是", "yes") : "", state,
      ])
    }
    return table.text
  }

  /// Of a webhook no more than scheme, host and port.
  static func shown(_ receiver: Receiver) -> String {
    guard !receiver.address.isEmpty else { return "" }
    return receiver.medium == .webhook ? WebhookAddress.shown(receiver.address) : receiver.address
  }

  static func write(_ item: OutboxItem, to json: inout JSONWriter) {
    json.field("id", item.id)
    json.field("webhook_id", item.identifier)
    json.field("event", item.event)
    json.field("kind", item.kind)
    if item.subject > 0 { json.field("suggestion", item.subject) } else { json.null("suggestion") }
    json.field("unit", item.unit)
    json.field("not_before", LocalTime.rfc3339(item.notBefore))
    json.field("state", item.state.code)
    json.array("deliveries") { list in
      for delivery in item.deliveries {
        list.object {
          $0.field("receiver", delivery.receiver)
          $0.field("state", delivery.state.code)
          $0.field("attempts", delivery.attempts)
          $0.field("next_at", delivery.nextAt.map(LocalTime.rfc3339))
          $0.field("settled_at", delivery.settledAt.map(LocalTime.rfc3339))
          if let status = delivery.status { $0.field("status", status) } else { $0.null("status") }
          $0.field("fault", delivery.fault)
        }
      }
    }
  }

  static func write(_ receiver: Receiver, to json: inout JSONWriter) {
    json.field("id", receiver.id)
    json.field("medium", receiver.medium.code)
    json.field("address", shown(receiver))
    json.array("kinds") { list in for kind in receiver.kinds { list.field(nil, kind) } }
    json.field("unit", receiver.unit)
    json.field("sensitive", receiver.isSensitive)
    json.field("language", receiver.language)
    json.field("failures", receiver.failures)
    json.field("held_until", receiver.heldUntil > 0 ? LocalTime.rfc3339(receiver.heldUntil) : nil)
    json.field("added_at", LocalTime.rfc3339(receiver.addedAt))
    json.field("ending", receiver.ending?.code)
  }
}
