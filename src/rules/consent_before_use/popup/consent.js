/**
 * 隐私授权。微信只保留最后一次注册的监听，因此整个小程序只在这里注册一次；
 * app.js 引入本文件，各页面放置 <privacy-popup />。
 */

// 与 privacy-popup.wxml 中同意按钮的 id 一致：基础库会校验该按钮确实被点击。
const AGREE_BUTTON = 'privacy-agree'

// 等待回应的接口，可能同时有多个。
let pending = []
// 正在显示的页面上的弹窗，最后一个为当前页面的。
let popups = []

// 低版本基础库没有此接口，也不会拦截任何接口。
if (wx.onNeedPrivacyAuthorization) {
  wx.onNeedPrivacyAuthorization((resolve) => {
    const popup = popups[popups.length - 1]
    if (!popup) {
      // 当前页面没有放置弹窗：视为拒绝，以免接口一直等待。
      resolve({ event: 'disagree' })
      return
    }
    pending.push(resolve)
    popup.show()
  })
}

function takePending() {
  const waiting = pending
  pending = []
  return waiting
}

/** 用户同意：须在同意按钮的 agreeprivacyauthorization 事件中调用。 */
function agree() {
  takePending().forEach((resolve) => resolve({ event: 'agree', buttonId: AGREE_BUTTON }))
}

/** 用户拒绝：等待中的接口进入各自的 fail。 */
function refuse() {
  takePending().forEach((resolve) => resolve({ event: 'disagree' }))
}

function isWaiting() {
  return pending.length > 0
}

function enter(popup) {
  leave(popup)
  popups.push(popup)
}

function leave(popup) {
  popups = popups.filter((other) => other !== popup)
}

module.exports = { agree, refuse, isWaiting, enter, leave }
