package org.parlour.auth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One of the looks of an account's name ({@link NameLooks}). The primary key is what keeps two names apart. */
@Entity
@Table(name = "account_look")
class AccountLookRecord {

    @Id
    private String look;

    @Column(name = "account_id")
    private String accountId;

    protected AccountLookRecord() {}

    AccountLookRecord(String look, String accountId) {
        this.look = look;
        this.accountId = accountId;
    }

    String look() {
        return look;
    }

    String accountId() {
        return accountId;
    }
}
