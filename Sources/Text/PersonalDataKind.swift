/// A kind of personal detail that is cut out of what people read.
package enum PersonalDataKind: UInt8, CaseIterable, Sendable {
  case residentID = 1
  case mobile = 2
  case landline = 3
  case bankCard = 4
  case plate = 5
  case email = 6
  case messenger = 7
  case doorNumber = 8
  case name = 9
  case companyCode = 10
  case jobNumber = 11

  /// Stable code for exports.
  package var code: String {
    switch self {
    case .residentID: "id-number"
    case .mobile: "mobile"
    case .landline: "landline"
    case .bankCard: "bank-card"
    case .plate: "plate"
    case .email: "email"
    case .messenger: "messenger"
    case .doorNumber: "door-number"
    case .name: "name"
    case .companyCode: "company-code"
    case .jobNumber: "job-number"
    }
  }

  /// What stands in the redacted text instead.
  package var placeholder: String {
    switch self {
    case .residentID: "〔身份证号〕"
    case .mobile: "〔手机号〕"
    case .landline: "〔电话〕"
    case .bankCard: "〔银行卡号〕"
    case .plate: "〔车牌〕"
    case .email: "〔邮箱〕"
    case .messenger: "〔社交账号〕"
    case .doorNumber: "〔门牌号〕"
    case .name: "〔姓名〕"
    case .companyCode: "〔信用代码〕"
    case .jobNumber: "〔工号〕"
    }
  }
}
