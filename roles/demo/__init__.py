"""What a newcomer sees first: vocabulary, profiles and sign-ins to try Rolebook with."""
