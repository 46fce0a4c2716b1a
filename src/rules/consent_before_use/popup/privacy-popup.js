const consent = require('./consent')

Component({
  data: { shown: false },

  lifetimes: {
    attached() {
      consent.enter(this)
    },

    detached() {
      consent.leave(this)
      // 未作选择就离开页面：视为拒绝。
      if (this.data.shown) consent.refuse()
    }
  },

  pageLifetimes: {
    show() {
      consent.enter(this)
      // 可能已在其他页面作出选择。
      if (!consent.isWaiting()) this.setData({ shown: false })
    },

    hide() {
      consent.leave(this)
    }
  },

  methods: {
    show() {
      this.setData({ shown: true })
    },

    readGuide() {
      wx.openPrivacyContract({
        fail: () => wx.showToast({ title: '暂时无法打开', icon: 'none' })
      })
    },

    agree() {
      this.setData({ shown: false })
      consent.agree()
    },

    refuse() {
      this.setData({ shown: false })
      consent.refuse()
    }
  }
})
