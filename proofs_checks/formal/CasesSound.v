(* Why a closed tree of cases is no less than all matrices of the family: lemma cases of FORMAT.md. *)
From Exactdyn Require Export Cases.
Import ListNotations.
Open Scope Q_scope.

Section Sound.
Variable f : family.
Variable g : goal.
Variable x : nat -> Q.
Notation d := (length (f_base f)).
Notation n := (length (f_tokens f)).
Notation sd := (member_lists f x).
Notation S' := (system_of (member_lists f x)).
Notation N := (last_layer (g_description g)).
Hypothesis Hwf : family_wellformed f g = true.
Hypothesis Hadmits : admits (f_class f) (loose f x).

Lemma mem_entry i j : (i < d)%nat -> (j < d)%nat -> entry (listed_A sd) i j = A (loose f x) i j.
Proof.
  intros Hi Hj. unfold entry. cbn [listed_A member_lists]. rewrite (nth_map _ (seq 0 d) i 0%nat []) by (rewrite seq_length; assumption).
  rewrite (nth_map _ (seq 0 d) j 0%nat 0) by (rewrite seq_length; assumption). rewrite !seq_nth by assumption. reflexivity.
Qed.
Lemma dim_S : dim S' = d. Proof. simpl. rewrite map_length, seq_length. reflexivity. Qed.
Lemma form_S u v : form S' u v == form (loose f x) u v.
Proof.
  rewrite !form_double. rewrite dim_S. change (dim (loose f x)) with d. apply sum_ext. intros r Hr. apply sum_ext. intros t Ht.
  change (A S' r t) with (entry (listed_A sd) r t). rewrite mem_entry by assumption. reflexivity.
Qed.
Lemma wf_S : wellformed sd = true.
Proof.
  unfold family_wellformed in Hwf. apply andb_true_iff in Hwf. destruct Hwf as [H _]. apply andb_true_iff in H. destruct H as [H _].
  unfold wellformed in *. cbn [listed_A listed_alpha listed_tokens member_lists] in *. rewrite !map_length, !seq_length in *.
  rewrite !andb_true_iff in *. destruct H as [[[[H1 H2] H3] H4] H5]. repeat split; try assumption.
  unfold rect. apply forallb_forall. intros row Hrow. apply in_map_iff in Hrow. destruct Hrow as [i [<- _]].
  rewrite map_length, seq_length. apply Nat.eqb_refl.
Qed.

(* the system does what is described, without avoidable ties where these do not count *)
Hypothesis Hdescribed : as_described S' (g_description g).
Definition unavoidable k i a b := forall B, In B (f_base f :: f_span f) ->
  total d B (run S' k i) (run S' k a) == total d B (run S' k i) (run S' k b).
Hypothesis Hties : g_ties g = false -> forall k i a b, (k <= N)%nat -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat ->
  attends S' (run S' k) i a -> attends S' (run S' k) i b -> unavoidable k i a b.

Record consistent (p : path) : Prop := {
  c_now : (now p <= N)%nat;
  c_past : forall k l, nth_error (p_past p) k = Some l -> good S' l k;
  c_rep : represents S' (p_num p) (p_den p) (run S' (now p));
  c_known : forall q, In q (p_known p) -> holds_of (loose f x) (fst (snd q)) (snd (snd q));
  c_len : length (p_sets p) = n;
  c_idle : NoDup (p_idle p) /\ forall i, In i (p_idle p) -> (i < n)%nat /\ nth i (p_sets p) None = None /\ ~ leader S' (now p) i;
  c_given : forall i, (i < n)%nat -> given (g_description g) (now p) i <> None -> nth i (p_sets p) None <> None;
  c_sets : forall i own, (i < n)%nat -> nth i (p_sets p) None = Some own -> length own = n /\
     forall j, (j < n)%nat -> (attends S' (run S' (now p)) i j <->
       nth j own false = true \/ exists o, In o (p_open p) /\ o_token o = i /\ nth j (o_group o) false = true /\
          form S' (run S' (now p) i) (run S' (now p) (o_first o)) == form S' (run S' (now p) i) (run S' (now p) (o_other o)));
  c_open : forall o, In o (p_open p) -> (o_token o < n)%nat /\ (o_first o < n)%nat /\ (o_other o < n)%nat /\ length (o_group o) = n /\
     form S' (run S' (now p) (o_token o)) (run S' (now p) (o_other o)) <= form S' (run S' (now p) (o_token o)) (run S' (now p) (o_first o)) }.

Lemma place_same p i : consistent p -> (i < n)%nat -> same S' (place p i) (run S' (now p) i).
Proof.
  intros C Hi r Hr. destruct (c_rep _ C) as [_ _ Hden Hv]. specialize (Hv i r Hi Hr). unfold place.
  rewrite Qmake_Qdiv, Z2Pos.id by assumption. rewrite Hv. pose proof (zi_pos _ Hden). field. lra.
Qed.
Lemma cmp_value p i j l : consistent p -> (i < n)%nat -> (j < n)%nat -> (l < n)%nat ->
  value (loose f x) (cmp p i j l) == form S' (run S' (now p) i) (run S' (now p) j) - form S' (run S' (now p) i) (run S' (now p) l).
Proof.
  intros C Hi Hj Hl. unfold cmp, value. cbn [fold_right fst snd]. rewrite <- !form_S.
  rewrite (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p j C Hj)), (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p l C Hl)). ring.
Qed.
Lemma alike_form p i a b : consistent p -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> alike f p i a b = true ->
  form S' (run S' (now p) i) (run S' (now p) a) == form S' (run S' (now p) i) (run S' (now p) b).
Proof.
  intros C Hi Ha Hb H. unfold alike in H. rewrite forallb_forall in H.
  rewrite <- (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p a C Ha)), <- (form_ext S' _ _ _ _ (place_same p i C Hi) (place_same p b C Hb)).
  rewrite !form_S, !member_form.
  assert (E0 := H (f_base f) (or_introl eq_refl)). apply Qeq_bool_iff in E0. rewrite E0.
  apply Qplus_comp; [reflexivity|]. apply sum_ext. intros q Hq.
  assert (E := H (nth q (f_span f) []) (or_intror (nth_In _ _ Hq))). apply Qeq_bool_iff in E. rewrite E. reflexivity.
Qed.
Lemma total_same B u u' v v' : same S' u u' -> same S' v v' -> total d B u v == total d B u' v'.
Proof.
  intros Hu Hv. unfold total. rewrite !reduced_sum_ok. apply sum_ext. intros r Hr. rewrite (Hv r) by (rewrite dim_S; exact Hr).
  apply Qmult_comp; [|reflexivity]. unfold reduced_dot. rewrite !reduced_sum_ok. apply sum_ext. intros t Ht. rewrite (Hu t) by (rewrite dim_S; exact Ht). reflexivity.
Qed.
Lemma unavoidable_alike p i a b : consistent p -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> unavoidable (now p) i a b -> alike f p i a b = true.
Proof.
  intros C Hi Ha Hb H. unfold alike. apply forallb_forall. intros B HB. apply Qeq_bool_iff.
  rewrite (total_same B _ _ _ _ (place_same p i C Hi) (place_same p a C Ha)), (total_same B _ _ _ _ (place_same p i C Hi) (place_same p b C Hb)).
  apply H, HB.
Qed.
Lemma alike_refl p i a : alike f p i a a = true.
Proof. unfold alike. apply forallb_forall. intros B _. apply Qeq_bool_iff. reflexivity. Qed.
Lemma alike_sym p i a b : alike f p i a b = true -> alike f p i b a = true.
Proof.
  unfold alike. rewrite !forallb_forall. intros H B HB. specialize (H B HB). apply Qeq_bool_iff in H. apply Qeq_bool_iff. symmetry. exact H.
Qed.
Lemma alike_trans p i a b c : alike f p i a b = true -> alike f p i b c = true -> alike f p i a c = true.
Proof.
  unfold alike. rewrite !forallb_forall. intros H K B HB. specialize (H B HB). specialize (K B HB).
  apply Qeq_bool_iff in H, K. apply Qeq_bool_iff. rewrite H. exact K.
Qed.

Lemma find_least (P : nat -> bool) : forall m a r, find P (seq a m) = Some r -> (a <= r < a + m)%nat /\ P r = true /\ forall b, (a <= b < r)%nat -> P b = false.
Proof.
  induction m as [|m IH]; intros a r H; simpl in H; [discriminate|]. destruct (P a) eqn:E.
  - injection H as <-. repeat split; try lia. assumption.
  - destruct (IH (S a) r H) as [A [B C]]. repeat split; try lia; [assumption|]. intros b Hb.
    destruct (Nat.eq_dec b a) as [->|]; [assumption|apply C; lia].
Qed.
Lemma first_alike_spec p i j : (j < n)%nat -> (first_alike f p i j < n)%nat /\ alike f p i (first_alike f p i j) j = true /\
  In (first_alike f p i j) (reps f p i).
Proof.
  intros Hj. unfold first_alike. destruct (find (fun a => alike f p i a j) (seq 0 n)) as [r|] eqn:E.
  - destruct (find_least _ _ _ _ E) as [A [B C]]. split; [lia|]. split; [assumption|]. apply filter_In. split; [apply in_seq; lia|].
    apply Nat.eqb_eq. unfold first_alike. destruct (find (fun a => alike f p i a r) (seq 0 n)) as [r'|] eqn:E'.
    + destruct (find_least _ _ _ _ E') as [A' [B' C']].
      destruct (Nat.lt_trichotomy r' r) as [L|[L|L]]; [|assumption|].
      * assert (K : alike f p i r' j = true) by (apply alike_trans with r; assumption). rewrite (C r' ltac:(lia)) in K. discriminate.
      * specialize (C' r ltac:(lia)). rewrite alike_refl in C'. discriminate.
    + exfalso. pose proof (find_none _ _ E' r ltac:(apply in_seq; lia)) as K. cbv beta in K. rewrite alike_refl in K. discriminate.
  - exfalso. pose proof (find_none _ _ E j ltac:(apply in_seq; lia)) as K. simpl in K. rewrite alike_refl in K. discriminate.
Qed.
Lemma reps_apart p i a b : In a (reps f p i) -> In b (reps f p i) -> alike f p i a b = true -> a = b.
Proof.
  intros Ha Hb H. apply filter_In in Ha, Hb. destruct Ha as [Ra Ea], Hb as [Rb Eb]. apply in_seq in Ra, Rb. apply Nat.eqb_eq in Ea, Eb.
  rewrite <- Ea, <- Eb. unfold first_alike.
  assert (X : forall c, alike f p i c a = alike f p i c b).
  { intros c. apply eq_true_iff_eq. split; intros K; [apply alike_trans with a; assumption|apply alike_trans with b; [assumption|apply alike_sym, H]]. }
  assert (Y : find (fun c => alike f p i c a) (seq 0 n) = find (fun c => alike f p i c b) (seq 0 n)).
  { generalize (seq 0 n). induction l as [|c l IH]; simpl; [reflexivity|]. rewrite X, IH. reflexivity. }
  rewrite Y. destruct (find (fun c => alike f p i c b) (seq 0 n)) eqn:E; [reflexivity|].
  exfalso. pose proof (find_none _ _ E b ltac:(apply in_seq; lia)) as K. simpl in K. rewrite alike_refl in K. discriminate.
Qed.
Lemma reps_n p i a : In a (reps f p i) -> (a < n)%nat.
Proof. intros H. apply filter_In in H. destruct H as [H _]. apply in_seq in H. lia. Qed.
Lemma group_nth p i r j : (j < n)%nat -> nth j (group f p i r) false = alike f p i r j.
Proof. intros H. unfold group. rewrite (nth_map _ (seq 0 n) j 0%nat false) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. reflexivity. Qed.

Lemma attends_alike p i a b : consistent p -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> alike f p i a b = true ->
  attends S' (run S' (now p)) i a -> attends S' (run S' (now p)) i b.
Proof.
  intros C Hi Ha Hb H [_ K]. split; [assumption|]. intros l Hl. rewrite <- (alike_form p i a b C Hi Ha Hb H). apply K, Hl.
Qed.

Lemma nth_set_nth {X} (l : list X) i j y z : (i < length l)%nat -> nth j (set_nth l i y) z = if Nat.eqb j i then y else nth j l z.
Proof.
  revert i j. induction l as [|a l IH]; intros i j Hi; simpl in Hi; [lia|]. destruct i as [|i], j as [|j]; simpl; try reflexivity. apply IH. lia.
Qed.
Lemma length_set_nth {X} (l : list X) i y : length (set_nth l i y) = length l.
Proof. revert i. induction l as [|a l IH]; intros [|i]; simpl; auto. Qed.
Lemma orb_list_nth a b j : length a = length b -> nth j (orb_list a b) false = nth j a false || nth j b false.
Proof. revert b j. induction a as [|u a IH]; intros [|v b] [|j] H; simpl in *; try discriminate; auto. Qed.
Lemma orb_list_length a b : length a = length b -> length (orb_list a b) = length a.
Proof. revert b. induction a as [|u a IH]; intros [|v b] H; simpl in *; auto. Qed.

Lemma positions_in l : forall before r after pre, In (before, r, after) (positions pre l) -> pre ++ l = before ++ r :: after.
Proof.
  induction l as [|a l IH]; intros before r after pre H; simpl in H; [contradiction|]. destruct H as [H|H].
  - injection H as <- <- <-. reflexivity.
  - apply IH in H. rewrite <- app_assoc in H. exact H.
Qed.
(* the first element of a list with a property *)
Lemma positions_first (P : nat -> Prop) (dec : forall a, {P a} + {~ P a}) l : forall pre, (exists a, In a l /\ P a) ->
  exists before r after, In (before, r, after) (positions pre l) /\ P r /\ forall b, In b before -> In b pre \/ ~ P b.
Proof.
  induction l as [|a l IH]; intros pre [b [Hb Pb]]; [contradiction|]. destruct (dec a) as [Pa|Na].
  - exists pre, a, l. split; [left; reflexivity|]. split; [assumption|]. auto.
  - destruct (IH (pre ++ [a])) as [before [r [after [A [B C]]]]].
    + exists b. split; [|assumption]. destruct Hb as [->|Hb]; [contradiction|assumption].
    + exists before, r, after. split; [right; exact A|]. split; [assumption|]. intros c Hc. destruct (C c Hc) as [D|D]; [|auto].
      apply in_app_or in D. destruct D as [D|[->|[]]]; auto.
Qed.

Lemma consistent_known p known : consistent p -> (forall q, In q known -> holds_of (loose f x) (fst (snd q)) (snd (snd q))) ->
  forall q, In q (known ++ p_known p) -> holds_of (loose f x) (fst (snd q)) (snd (snd q)).
Proof. intros C H q Hq. apply in_app_or in Hq. destruct Hq as [Hq|Hq]; [apply H, Hq|apply (c_known _ C), Hq]. Qed.
Lemma deciding_ok p i own known later : consistent p -> (i < n)%nat -> ~ In i (p_idle p) -> length own = n ->
  (forall q, In q known -> holds_of (loose f x) (fst (snd q)) (snd (snd q))) ->
  (forall j, (j < n)%nat -> (attends S' (run S' (now p)) i j <->
     nth j own false = true \/ exists o, In o later /\ o_token o = i /\ nth j (o_group o) false = true /\
        form S' (run S' (now p) i) (run S' (now p) (o_first o)) == form S' (run S' (now p) i) (run S' (now p) (o_other o)))) ->
  (forall o, o_token o <> i -> (In o later <-> In o (p_open p))) ->
  (forall o, In o later -> (o_token o < n)%nat /\ (o_first o < n)%nat /\ (o_other o < n)%nat /\ length (o_group o) = n /\
     form S' (run S' (now p) (o_token o)) (run S' (now p) (o_other o)) <= form S' (run S' (now p) (o_token o)) (run S' (now p) (o_first o))) ->
  consistent (deciding p i own known later).
Proof.
  intros C Hi Hni Hl Hk Hsets Hothers Hlater. pose proof C as [Cnow Cpast Crep Cknown Clen [Cn Cidle] Cgiven Csets Copen].
  split; unfold now; cbn [deciding p_past p_num p_den p_sets p_idle p_known p_open]; fold (now p); try assumption.
  - apply consistent_known; assumption.
  - rewrite length_set_nth. assumption.
  - split; [assumption|]. intros a Ha. destruct (Cidle a Ha) as [B1 [B2 B3]]. split; [assumption|]. split; [|assumption].
    rewrite nth_set_nth by lia. destruct (Nat.eqb a i) eqn:E; [apply Nat.eqb_eq in E; subst; contradiction|assumption].
  - intros a Ha Hg. rewrite nth_set_nth by lia. destruct (Nat.eqb a i); [discriminate|apply Cgiven; assumption].
  - intros a own' Ha Hown. rewrite nth_set_nth in Hown by lia. destruct (Nat.eqb a i) eqn:E.
    + apply Nat.eqb_eq in E. subst a. injection Hown as <-. auto.
    + apply Nat.eqb_neq in E. destruct (Csets a own' Ha Hown) as [A B]. split; [assumption|]. intros j Hj. rewrite (B j Hj).
      split; (intros [K|[o [Ho [K1 K2]]]]; [left; exact K|right; exists o; split; [apply Hothers; [congruence|exact Ho]|auto]]).
Qed.
Lemma set_cases_ok p i : consistent p -> (i < n)%nat -> p_open p = [] -> nth i (p_sets p) None = None -> ~ In i (p_idle p) ->
  exists p', In p' (set_cases f g p i) /\ consistent p'.
Proof.
  intros C Hi Eo Es Hni. pose proof (c_now _ C) as Cnow. unfold set_cases.
  set (att := fun a => attends S' (run S' (now p)) i a).
  assert (dec : forall a, {att a} + {~ att a}).
  { intros a. destruct (Nat.ltb a n) eqn:L; [apply Nat.ltb_lt in L|apply Nat.ltb_ge in L; right; intros [K _]; change (size S') with n in K; lia].
    destruct (attends_b S' (run S' (now p)) i a) eqn:E; [left; apply attends_spec in E; assumption|right; intros K; apply attends_spec in K; [congruence|assumption]]. }
  destruct (argmax n (fun l => form S' (run S' (now p) i) (run S' (now p) l))) as [j [Hj Hmax]]; [lia|].
  assert (Aj : att j) by (split; assumption).
  destruct (first_alike_spec p i j Hj) as [Hrn [Hral Hrin]].
  destruct (positions_first att dec (reps f p i) []) as [before [r [after [Hin [Ar Hb]]]]].
  { exists (first_alike f p i j). split; [assumption|]. apply (attends_alike p i j); try assumption. apply alike_sym, Hral. }
  pose proof (positions_in _ _ _ _ _ Hin) as Hlist. simpl in Hlist.
  assert (Rr : In r (reps f p i)) by (rewrite Hlist; apply in_or_app; right; left; reflexivity).
  assert (Rbefore : forall b, In b before -> In b (reps f p i)) by (intros b Hb'; rewrite Hlist; apply in_or_app; left; assumption).
  assert (Rafter : forall b, In b after -> In b (reps f p i)) by (intros b Hb'; rewrite Hlist; apply in_or_app; right; right; assumption).
  assert (Hnd : NoDup (reps f p i)) by (apply NoDup_filter, seq_NoDup).
  assert (Hr : (r < n)%nat) by (apply (reps_n p i), Rr).
  assert (Vb : forall b, In b before -> form S' (run S' (now p) i) (run S' (now p) b) < form S' (run S' (now p) i) (run S' (now p) r)).
  { intros b Hb'. destruct (Hb b Hb') as [[]|Nb]. destruct Ar as [_ Ar]. pose proof (reps_n p i b (Rbefore b Hb')) as Hbn.
    destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) b)) (form S' (run S' (now p) i) (run S' (now p) r))) as [|L]; [assumption|].
    exfalso. apply Nb. split; [assumption|]. intros l Hl. specialize (Ar l Hl). lra. }
  assert (Va : forall b, In b after -> form S' (run S' (now p) i) (run S' (now p) b) <= form S' (run S' (now p) i) (run S' (now p) r) /\
     (g_ties g = false -> form S' (run S' (now p) i) (run S' (now p) b) < form S' (run S' (now p) i) (run S' (now p) r))).
  { intros b Hb'. pose proof (reps_n p i b (Rafter b Hb')) as Hbn. destruct Ar as [Ar0 Ar]. split; [apply Ar, Hbn|]. intros Ht.
    destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) b)) (form S' (run S' (now p) i) (run S' (now p) r))) as [|L]; [assumption|].
    exfalso. assert (Ab : att b) by (split; [assumption|]; intros l Hl; specialize (Ar l Hl); lra).
    assert (E : r = b).
    { apply (reps_apart p i); [assumption|apply Rafter, Hb'|]. apply unavoidable_alike; try assumption.
      apply (Hties Ht); try assumption. split; assumption. }
    subst b. rewrite Hlist in Hnd. apply NoDup_remove_2 in Hnd. apply Hnd, in_or_app. right. assumption. }
  eexists. split; [apply in_map_iff; exists (before, r, after); split; [reflexivity|exact Hin]|]. cbv beta iota.
  apply deciding_ok; try assumption.
  + unfold group. rewrite map_length, seq_length. reflexivity.
  + intros q Hq. apply in_app_or in Hq. destruct Hq as [Hq|Hq]; apply in_map_iff in Hq; destruct Hq as [b [<- Hb']]; cbn [fst snd].
    * cbn [holds_of]. rewrite cmp_value by (try assumption; apply (reps_n p i), Rbefore, Hb'). specialize (Vb b Hb'). lra.
    * destruct (Va b Hb') as [V1 V2]. pose proof (reps_n p i b (Rafter b Hb')) as Hbn.
      destruct (g_ties g); cbn [holds_of]; rewrite cmp_value by assumption; [lra|]. specialize (V2 eq_refl). lra.
  + intros l Hl. rewrite group_nth by assumption. split.
    * intros Al. destruct (first_alike_spec p i l Hl) as [Hqn [Hqa Hqin]]. set (q := first_alike f p i l) in *.
      assert (Aq : att q) by (apply (attends_alike p i l); try assumption; apply alike_sym, Hqa).
      rewrite Hlist in Hqin. apply in_app_or in Hqin. destruct Hqin as [Hqin|[<-|Hqin]].
      -- exfalso. destruct (Hb q Hqin) as [[]|Nb]. apply Nb, Aq.
      -- left. exact Hqa.
      -- destruct (g_ties g) eqn:Et.
         ++ right. exists {| o_token := i; o_first := r; o_other := q; o_group := group f p i q |}. split; [apply in_map_iff; exists q; auto|].
            cbn [o_token o_first o_other o_group]. split; [reflexivity|]. split; [rewrite group_nth by assumption; exact Hqa|].
            destruct Aq as [_ Aq], Ar as [_ Ar]. specialize (Aq r Hr). specialize (Ar q Hqn). lra.
         ++ exfalso. destruct (Va q Hqin) as [_ V]. specialize (V eq_refl). destruct Aq as [_ Aq]. specialize (Aq r Hr). lra.
    * intros [K|[o [Ho [_ [Hg He]]]]]; [apply (attends_alike p i r); assumption|].
      destruct (g_ties g); [|contradiction]. apply in_map_iff in Ho. destruct Ho as [b [<- Hb']]. cbn [o_first o_other o_group] in *.
      pose proof (reps_n p i b (Rafter b Hb')) as Hbn. rewrite group_nth in Hg by assumption.
      apply (attends_alike p i b); try assumption. split; [assumption|]. intros l' Hl'. destruct Ar as [_ Ar]. rewrite <- He. apply Ar, Hl'.
  + intros o Ho. rewrite Eo. split; [|contradiction]. intros K. destruct (g_ties g); [|contradiction].
    apply in_map_iff in K. destruct K as [b [<- _]]. cbn [o_token] in Ho. contradiction.
  + intros o Ho. destruct (g_ties g); [|contradiction]. apply in_map_iff in Ho. destruct Ho as [b [<- Hb']]. cbn [o_token o_first o_other o_group].
    split; [assumption|]. split; [assumption|]. split; [apply (reps_n p i), Rafter, Hb'|]. split; [unfold group; rewrite map_length, seq_length; reflexivity|].
    apply Va, Hb'.
Qed.
Lemma attending_ok p i own : consistent p -> (i < n)%nat -> length own = n -> existsb (fun b : bool => b) own = true ->
  (forall j, (j < n)%nat -> (attends S' (run S' (now p)) i j <-> nth j own false = true)) ->
  forall q, In q (attending f p i own) -> holds_of (loose f x) (fst (snd q)) (snd (snd q)).
Proof.
  intros C Hi L E Ha q Hq. destruct (first_true_spec own E) as [F1 F2]. unfold attending in Hq. cbv zeta in Hq.
  apply in_map_iff in Hq. destruct Hq as [l [<- Hl]]. apply filter_In in Hl. destruct Hl as [Hl _]. apply in_seq in Hl. cbn [fst snd].
  assert (Hl' : (l < n)%nat) by lia. set (j := first_true own) in *. assert (Hj : (j < n)%nat) by lia.
  pose proof (proj2 (Ha j Hj) F2) as [_ Aj]. pose proof (cmp_value p i j l C Hi Hj Hl') as Hcmp.
  destruct (nth l own false) eqn:El; cbn [holds_of]; rewrite Hcmp.
  - apply (Ha l Hl') in El. destruct El as [_ Al]. specialize (Aj l Hl'). specialize (Al j Hj). lra.
  - destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) l)) (form S' (run S' (now p) i) (run S' (now p) j))) as [|Hle]; [lra|].
    exfalso. assert (nth l own false = true); [|congruence]. apply (Ha l Hl'). split; [assumption|].
    intros l' Hl''. specialize (Aj l' Hl''). lra.
Qed.
Lemma alone_spec i : (i < n)%nat -> length (alone f i) = n /\ existsb (fun b : bool => b) (alone f i) = true /\
  forall j, (j < n)%nat -> (nth j (alone f i) false = true <-> j = i).
Proof.
  intros Hi. unfold alone. assert (L : length (map (Nat.eqb i) (seq 0 n)) = n) by (rewrite map_length, seq_length; reflexivity).
  assert (K : forall j, (j < n)%nat -> (nth j (map (Nat.eqb i) (seq 0 n)) false = true <-> j = i)).
  { intros j Hj. rewrite (nth_map _ (seq 0 n) j 0%nat false) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. simpl.
    rewrite Nat.eqb_eq. split; auto. }
  split; [assumption|]. split; [|assumption]. apply existsb_exists. exists true. split; [|reflexivity].
  rewrite <- (proj2 (K i Hi) eq_refl). apply nth_In. lia.
Qed.
Lemma idling_ok p i known : consistent p -> (i < n)%nat -> nth i (p_sets p) None = None -> ~ In i (p_idle p) -> ~ leader S' (now p) i ->
  (forall q, In q known -> holds_of (loose f x) (fst (snd q)) (snd (snd q))) -> consistent (idling p i known).
Proof.
  intros C Hi Es Hni Hl Hk. pose proof C as [Cnow Cpast Crep Cknown Clen [Cn Cidle] Cgiven Csets Copen].
  split; unfold now; cbn [idling p_past p_num p_den p_sets p_idle p_known p_open]; fold (now p); try assumption.
  - apply consistent_known; assumption.
  - split; [constructor; assumption|]. intros a [<-|Ha]; [auto|apply Cidle, Ha].
Qed.
Lemma leading_cases_ok p i : consistent p -> (i < n)%nat -> p_open p = [] -> nth i (p_sets p) None = None -> ~ In i (p_idle p) ->
  now p = N -> d_only (g_description g) || Nat.ltb 0 (d_leaders (g_description g)) = true ->
  exists p', In p' (leading_cases f g p i) /\ consistent p'.
Proof.
  intros C Hi Eo Es Hni En Hor. unfold leading_cases.
  assert (Hdec : {leader S' (now p) i} + {~ leader S' (now p) i}).
  { destruct (forallb (fun j => Bool.eqb (attends_b S' (run S' (now p)) i j) (Nat.eqb j i)) (seq 0 n)) eqn:E.
    - left. rewrite forallb_forall in E. intros j Hj. change (size S') with n in Hj. specialize (E j ltac:(apply in_seq; lia)). apply Bool.eqb_prop in E.
      rewrite <- attends_spec by assumption. rewrite E. apply Nat.eqb_eq.
    - right. intros K. rewrite <- not_true_iff_false in E. apply E. apply forallb_forall. intros j Hj. apply in_seq in Hj.
      apply Bool.eqb_true_iff, eq_true_iff_eq. rewrite attends_spec by (change (size S') with n; lia). rewrite (K j) by (change (size S') with n; lia). symmetry. apply Nat.eqb_eq. }
  destruct (Nat.ltb 0 (d_leaders (g_description g))) eqn:El.
  - destruct Hdec as [Hl|Hl].
    + eexists. split; [left; reflexivity|]. destruct (alone_spec i Hi) as [L1 [L2 L3]]. apply deciding_ok; try assumption.
      * apply (attending_ok p i); try assumption. intros j Hj. rewrite L3 by assumption. exact (Hl j Hj).
      * intros j Hj. rewrite L3 by assumption. rewrite (Hl j Hj). split; [auto|]. intros [K|[o [[] _]]]; exact K.
      * intros o _. rewrite Eo. reflexivity.
      * contradiction.
    + eexists. split; [right; left; reflexivity|]. apply idling_ok; try assumption. contradiction.
  - rewrite orb_false_r in Hor.
    assert (Hl : ~ leader S' (now p) i).
    { intros K. rewrite En in K. apply (proj1 (proj2 Hdescribed) Hor i Hi K).
      destruct (given (g_description g) N i) eqn:Eg; [|reflexivity]. exfalso.
      apply (c_given _ C i Hi); [rewrite En, Eg; discriminate|exact Es]. }
    assert (Hj : exists j, (j < n)%nat /\ j <> i /\ attends S' (run S' (now p)) i j).
    { destruct (argmax n (fun l => form S' (run S' (now p) i) (run S' (now p) l))) as [j [Hj Hmax]]; [lia|].
      destruct (Nat.eq_dec j i) as [->|Hne]; [|exists j; repeat split; assumption].
      destruct (existsb (fun b => attends_b S' (run S' (now p)) i b && negb (Nat.eqb b i)) (seq 0 n)) eqn:E.
      - apply existsb_exists in E. destruct E as [b [Hb E]]. apply in_seq in Hb. apply andb_true_iff in E. destruct E as [E1 E2].
        apply attends_spec in E1; [|change (size S') with n; lia]. apply negb_true_iff, Nat.eqb_neq in E2. exists b. split; [lia|]. split; [assumption|exact E1].
      - exfalso. apply Hl. intros b Hb. split.
        + intros Ab. destruct (Nat.eq_dec b i) as [|Hne]; [assumption|]. exfalso. rewrite <- not_true_iff_false in E. apply E.
          apply existsb_exists. exists b. split; [apply in_seq; change (size S') with n in Hb; lia|]. apply andb_true_iff. split; [apply attends_spec; assumption|].
          apply negb_true_iff, Nat.eqb_neq, Hne.
        + intros ->. split; assumption. }
    destruct Hj as [j [Hj [Hne [_ Aj]]]].
    eexists. split; [apply in_map_iff; exists j; split; [reflexivity|]; apply filter_In; split; [apply in_seq; lia|apply negb_true_iff, Nat.eqb_neq, Hne]|].
    apply idling_ok; try assumption. intros q [<-|[]]. cbn [fst snd holds_of]. rewrite cmp_value by assumption. specialize (Aj i Hi). lra.
Qed.
Lemma split_ok p i paths : consistent p -> (i < n)%nat -> split f g p i = Some paths -> exists p', In p' paths /\ consistent p'.
Proof.
  intros C Hi H. pose proof C as [Cnow Cpast Crep Cknown Clen Cidle Cgiven Csets Copen]. unfold split in H. destruct (p_open p) as [|o later] eqn:Eo.
  - destruct (nth i (p_sets p) None) eqn:Es; [discriminate|].
    destruct (existsb (Nat.eqb i) (p_idle p)) eqn:Ei; [discriminate|].
    assert (Hni : ~ In i (p_idle p)).
    { intros K. rewrite <- not_true_iff_false in Ei. apply Ei. apply existsb_exists. exists i. split; [assumption|apply Nat.eqb_refl]. }
    destruct (Nat.eqb (now p) N && _) eqn:El in H; injection H as <-.
    + apply andb_true_iff in El. destruct El as [E1 E2]. apply Nat.eqb_eq in E1. apply leading_cases_ok; assumption.
    + apply set_cases_ok; assumption.
  - destruct (nth i (p_sets p) None) as [own|] eqn:Es; [|discriminate].
    destruct (Nat.eqb (o_token o) i) eqn:Et; [|discriminate]. apply Nat.eqb_eq in Et. injection H as <-.
    assert (Hni : ~ In i (p_idle p)) by (intros K; destruct (proj2 Cidle i K) as [_ [K2 _]]; congruence).
    destruct (Csets i own Hi Es) as [Lown Sown]. destruct (Copen o (or_introl eq_refl)) as [O1 [O2 [O3 [O4 O5]]]]. rewrite Et in O5.
    assert (Others : forall q, o_token q <> i -> (In q later <-> In q (p_open p))).
    { intros q Hq. rewrite Eo. split; [right; assumption|]. intros [<-|K]; [contradiction|exact K]. }
    pose proof (fun q (K : In q later) => Copen q (or_intror K)) as Later.
    destruct (Qeq_dec (form S' (run S' (now p) i) (run S' (now p) (o_first o))) (form S' (run S' (now p) i) (run S' (now p) (o_other o)))) as [E|E].
    + eexists. split; [left; reflexivity|]. apply deciding_ok; try assumption.
      * rewrite orb_list_length; lia.
      * intros q [<-|[]]. cbn [fst snd holds_of]. rewrite cmp_value by assumption. lra.
      * intros l Hl. rewrite orb_list_nth by lia. rewrite orb_true_iff, (Sown l Hl). split.
        -- intros [K|[o' [[<-|Ho'] [K1 [K2 K3]]]]]; [left; left; exact K|left; right; exact K2|right; exists o'; auto].
        -- intros [[K|K]|[o' [Ho' K]]]; [left; exact K|right; exists o; simpl; auto|right; exists o'; simpl; auto].
    + eexists. split; [right; left; reflexivity|]. apply deciding_ok; try assumption.
      * intros q [<-|[]]. cbn [fst snd holds_of]. rewrite cmp_value by assumption.
        destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) (o_other o))) (form S' (run S' (now p) i) (run S' (now p) (o_first o)))); [lra|]. exfalso. apply E. lra.
      * intros l Hl. rewrite (Sown l Hl). split.
        -- intros [K|[o' [[<-|Ho'] [K1 [K2 K3]]]]]; [left; exact K|contradiction|right; exists o'; auto].
        -- intros [K|[o' [Ho' K]]]; [left; exact K|right; exists o'; simpl; auto].
Qed.

Lemma goal_set k i own : given (g_description g) k i = Some own -> length own = n /\ existsb (fun b : bool => b) own = true.
Proof.
  intros H. unfold given in H. unfold family_wellformed in Hwf. apply andb_true_iff in Hwf. destruct Hwf as [_ W]. rewrite forallb_forall in W.
  destruct (Nat.lt_ge_cases k (length (d_sets (g_description g)))) as [Hk|Hk].
  - specialize (W (nth k (d_sets (g_description g)) []) (nth_In _ _ Hk)). rewrite forallb_forall in W.
    destruct (Nat.lt_ge_cases i (length (nth k (d_sets (g_description g)) []))) as [Hi|Hi].
    + specialize (W (nth i (nth k (d_sets (g_description g)) []) None) (nth_In _ _ Hi)). rewrite H in W. apply andb_true_iff in W. destruct W as [A B].
      apply Nat.eqb_eq in A. auto.
    + rewrite nth_overflow in H by assumption. discriminate.
  - rewrite (nth_overflow (d_sets (g_description g))) in H by assumption. destruct i; discriminate.
Qed.

Lemma enter_ok past num den known : (length past <= N)%nat -> (forall k l, nth_error past k = Some l -> good S' l k) ->
  represents S' num den (run S' (length past)) -> (forall q, In q known -> holds_of (loose f x) (fst (snd q)) (snd (snd q))) ->
  consistent (enter f g past num den known).
Proof.
  intros HN Hpast Hrep Hknown. unfold enter. cbv zeta. set (sets := map (given (g_description g) (length past)) (seq 0 n)).
  set (p0 := {| p_past := past; p_num := num; p_den := den; p_sets := sets; p_idle := []; p_known := known; p_open := [] |}).
  assert (Hs : forall i own, (i < n)%nat -> nth i sets None = Some own -> given (g_description g) (length past) i = Some own).
  { intros i own Hi H. unfold sets in H. rewrite (nth_map _ (seq 0 n) i 0%nat None) in H by (rewrite seq_length; assumption). rewrite seq_nth in H by assumption. exact H. }
  assert (C0 : consistent p0).
  { split; unfold now; cbn [p_past p_num p_den p_sets p_idle p_known p_open p0]; try assumption.
    - unfold sets. rewrite map_length, seq_length. reflexivity.
    - split; [constructor|contradiction].
    - intros i Hi H. unfold sets. rewrite (nth_map _ (seq 0 n) i 0%nat None) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. exact H.
    - intros i own Hi H. apply (Hs i own Hi) in H. destruct (goal_set _ _ _ H) as [L E]. split; [assumption|]. intros j Hj.
      rewrite (proj1 Hdescribed _ i own HN Hi H j Hj). split; [auto|]. intros [K|[o [[] _]]]; assumption.
    - contradiction. }
  pose proof C0 as [D1 D2 D3 D4 D5 D6 D7 D8 D9].
  split; unfold now; cbn [p_past p_num p_den p_sets p_idle p_known p_open p0]; try assumption.
  intros q Hq. apply in_app_or in Hq. destruct Hq as [Hq|Hq]; [|apply Hknown, Hq].
  apply in_flat_map in Hq. destruct Hq as [i [Hi Hq]]. apply in_seq in Hi. destruct (given (g_description g) (length past) i) as [own|] eqn:Eo; [|contradiction].
  destruct (goal_set _ _ _ Eo) as [L E]. apply (attending_ok p0 i own C0); [lia|assumption|assumption| |exact Hq].
  intros j Hj. exact (proj1 Hdescribed _ i own HN (proj2 Hi) Eo j Hj).
Qed.

Lemma decided_good p : consistent p -> all_decided p = true -> good S' (here p) (now p).
Proof.
  intros C H. pose proof C as [Cnow Cpast Crep Cknown Clen Cidle Cgiven Csets Copen]. unfold all_decided in H. destruct (p_open p) eqn:Eo; [|discriminate].
  rewrite forallb_forall in H.
  assert (K : forall i, (i < n)%nat -> length (nth i (owns p) []) = n /\ forall j, (j < n)%nat -> nth j (nth i (owns p) []) false = attends_b S' (run S' (now p)) i j).
  { intros i Hi. unfold owns. rewrite (nth_map _ (p_sets p) i None []) by lia.
    assert (Hi2 : (i < length (p_sets p))%nat) by lia.
    specialize (H (nth i (p_sets p) None) (nth_In _ _ Hi2)). destruct (nth i (p_sets p) None) as [own|] eqn:E; [|discriminate].
    destruct (Csets i own Hi E) as [L A]. split; [assumption|]. intros j Hj. apply eq_true_iff_eq. rewrite attends_spec by assumption. rewrite (A j Hj).
    split; [auto|]. intros [B|[o [[] _]]]; assumption. }
  split; cbn [here l_num l_den l_att]; [assumption| | |].
  - unfold owns. rewrite map_length. assumption.
  - intros i Hi. apply K, Hi.
  - intros i j Hi Hj. apply K; assumption.
Qed.

Lemma advance_ok p : consistent p -> moves_on g p = true -> consistent (advance f g p).
Proof.
  intros C E. unfold advance. unfold moves_on in E. apply andb_true_iff in E. destruct E as [Hd Hlt]. apply Nat.ltb_lt in Hlt. pose proof (decided_good p C Hd) as Hg.
  pose proof C as [Cnow Cpast Crep Cknown Clen Cidle Cgiven Csets Copen].
  pose proof (zstep_rep S' (p_num p) (p_den p) (run S' (now p)) (owns p) (family_tau f) Crep) as Hz.
  rewrite dim_S in Hz. destruct (zstep d (family_tau f) (p_num p) (p_den p) (owns p)) as [num den] eqn:Ez. cbn [fst snd] in Hz.
  apply enter_ok.
  - rewrite app_length. simpl. unfold now in Hlt. lia.
  - intros k l Hk. destruct (Nat.lt_ge_cases k (now p)) as [L|L].
    + rewrite nth_error_app1 in Hk by assumption. apply Cpast, Hk.
    + rewrite nth_error_app2 in Hk by assumption. unfold now in L. destruct (k - length (p_past p))%nat as [|t] eqn:Et; simpl in Hk; [|destruct t; discriminate].
      injection Hk as <-. replace k with (now p) by (unfold now; lia). exact Hg.
  - rewrite app_length. simpl. rewrite Nat.add_1_r. change (run S' (S (length (p_past p)))) with (step S' (run S' (now p))). apply Hz.
    + unfold family_tau, tau. rewrite Qred_correct. reflexivity.
    + exact (good_n _ _ _ Hg).
    + exact (good_row _ _ _ Hg).
    + exact (good_att _ _ _ Hg).
  - exact Cknown.
Qed.

Lemma advances_ok fuel : forall p, consistent p -> consistent (advances f g fuel p).
Proof.
  induction fuel as [|m IH]; intros p C; [assumption|]. cbn [advances]. destruct (moves_on g p) eqn:E; [|assumption].
  apply IH, advance_ok; assumption.
Qed.
Lemma arrived_ok p : consistent p -> consistent (arrived f g p).
Proof. intros C. unfold arrived. destruct (grows_on_the_way g); [assumption|apply advances_ok, C]. Qed.
Lemma now_advance p : now (advance f g p) = S (now p).
Proof.
  unfold advance. destruct (zstep d (family_tau f) (p_num p) (p_den p) (owns p)) as [num den]. unfold now, enter. cbn [p_past].
  rewrite app_length. simpl. lia.
Qed.

Lemma root_ok : consistent (root f g).
Proof.
  pose proof wf_S as W. unfold wellformed in W. rewrite !andb_true_iff in W. destruct W as [[[[_ WT] _] _] _].
  cbn [listed_A listed_tokens member_lists] in WT. rewrite map_length, seq_length in WT.
  apply enter_ok; [simpl; lia| |simpl|contradiction].
  - intros k l H. destruct k; discriminate.
  - split.
    + unfold zmatrix. cbv zeta. rewrite map_length. reflexivity.
    + intros i Hi. unfold zmatrix. cbv zeta. rewrite (nth_map _ _ i [] []) by assumption. rewrite map_length, dim_S. apply rect_row; assumption.
    + apply zden_pos.
    + intros i r Hi Hr. rewrite dim_S in Hr. exact (zmatrix_entry (f_tokens f) d i r WT Hi Hr).
Qed.

Lemma closes_ok known data : (forall q, In q known -> holds_of (loose f x) (fst (snd q)) (snd (snd q))) -> closes_b f known data = true -> False.
Proof.
  intros C H. unfold closes_b in H. apply andb_true_iff in H. destruct H as [_ H].
  apply (farkas_sound f _ _ x H Hadmits). intros q Hq. apply in_flat_map in Hq. destruct Hq as [w [_ Hq]].
  unfold lookup in Hq. destruct (find _ known) as [a|] eqn:E; [|contradiction]. destruct Hq as [<-|[]]. cbn [fst snd].
  apply find_some in E. apply (C a), E.
Qed.

(* the same places, whatever the sets *)
Lemma lay_snoc past (l : layer) k : layer_at (past ++ [l]) k = if Nat.ltb k (length past) then layer_at past k else if Nat.eqb k (length past) then l else no_layer.
Proof.
  unfold layer_at. destruct (Nat.ltb k (length past)) eqn:E; [apply Nat.ltb_lt in E; apply app_nth1; assumption|].
  apply Nat.ltb_ge in E. rewrite app_nth2 by assumption. destruct (Nat.eqb k (length past)) eqn:F.
  - apply Nat.eqb_eq in F. subst. rewrite Nat.sub_diag. reflexivity.
  - apply Nat.eqb_neq in F. destruct (k - length past)%nat as [|[|t]] eqn:G; [lia|reflexivity|reflexivity].
Qed.
Lemma point_snoc past l l' k i : l_num l = l_num l' -> l_den l = l_den l' -> point (layer_at (past ++ [l]) k) i = point (layer_at (past ++ [l']) k) i.
Proof.
  intros E F. rewrite !lay_snoc. destruct (Nat.ltb k (length past)); [reflexivity|]. destruct (Nat.eqb k (length past)); [|reflexivity].
  unfold point. rewrite E, F. reflexivity.
Qed.
Lemma forallb_same {X} (f1 f2 : X -> bool) l : (forall a, f1 a = f2 a) -> forallb f1 l = forallb f2 l.
Proof. intros H. induction l as [|a l IH]; simpl; [reflexivity|]. rewrite H, IH. reflexivity. Qed.
Lemma below_same m f1 f2 : (forall i, f1 i = f2 i) -> below m f1 = below m f2.
Proof. apply forallb_same. Qed.

(* -- leaves -- *)
Lemma snoc_good p last : consistent p -> good S' last (now p) -> forall k l, nth_error (p_past p ++ [last]) k = Some l -> good S' l k.
Proof.
  intros C Hg k l Hk. destruct (Nat.lt_ge_cases k (now p)) as [L|L].
  - rewrite nth_error_app1 in Hk by assumption. apply (c_past _ C), Hk.
  - rewrite nth_error_app2 in Hk by assumption. unfold now in L. destruct (k - length (p_past p))%nat as [|t] eqn:Et; simpl in Hk; [|destruct t; discriminate].
    injection Hk as <-. replace k with (now p) by (unfold now; lia). exact Hg.
Qed.
Lemma rule_ok p r c M : consistent p -> r <> AllNorm -> all_decided p || needs_no_sets r = true ->
  rule_b f r (p_past p ++ [here p]) M c = true -> statement r S' (Some M).
Proof.
  intros C Hn Hd Hrule.
  assert (Hlen : length (listed_A sd) = length (listed_A (member_lists f (fun _ => 0)))) by (cbn [listed_A member_lists]; rewrite !map_length, !seq_length; reflexivity).
  set (true_layer := make_layer (zmatrix (listed_A sd)) (p_num p) (p_den p)).
  assert (Htrue : good S' true_layer (now p)) by (apply (make_good S' _ (zden (listed_A sd))); [apply zA_rep, wf_S|apply (c_rep _ C)]).
  assert (Hp : forall k i, point (layer_at (p_past p ++ [true_layer]) k) i = point (layer_at (p_past p ++ [here p]) k) i) by (intros; apply point_snoc; reflexivity).
  assert (Hl : length (p_past p ++ [true_layer]) = length (p_past p ++ [here p])) by (rewrite !app_length; reflexivity).
  unfold rule_b in Hrule.
  apply orb_true_iff in Hd. destruct Hd as [Hd|Hd].
  - pose proof (check_claim_ok sd M _ wf_S (snoc_good p _ C (decided_good p C Hd)) c) as Hc.
    destruct r, c; try discriminate; cbn [check_claim statement means] in *; try rewrite Hlen in Hc; try (apply Hc, Hrule). congruence.
  - pose proof (check_claim_ok sd M _ wf_S (snoc_good p _ C Htrue) c) as Hc.
    destruct r; try discriminate; destruct c; try discriminate; cbn [check_claim statement means] in *; try rewrite Hlen in Hc; [apply Hc|congruence|apply Hc].
    + rewrite <- Hrule. f_equal. unfold chain. rewrite Hl. f_equal. apply below_same. intros k. apply below_same. intros i.
      unfold is_combination. f_equal. apply below_same. intros q. rewrite Hp. f_equal.
      unfold lsum. induction (nth i (nth k weights []) []) as [|w ws IH]; cbn [fold_right]; [reflexivity|]. rewrite Hp, IH. reflexivity.
    + rewrite <- Hrule. rewrite Hl. f_equal. apply below_same. intros i. apply below_same. intros j. rewrite !Hp. reflexivity.
Qed.

(* tokens that cannot meet in the next step *)
Lemma unions_ok {X} (h : X -> list bool) (chosen : X -> bool) base : forall os, (forall o, In o os -> length (h o) = length base) ->
  exists u, In u (unions base (map h os)) /\ length u = length base /\
    forall j, nth j u false = nth j base false || existsb (fun o => chosen o && nth j (h o) false) os.
Proof.
  induction os as [|o os IH]; intros H.
  - exists base. split; [left; reflexivity|]. split; [reflexivity|]. intros j. simpl. rewrite orb_false_r. reflexivity.
  - destruct IH as [u [A [B K]]]; [intros; apply H; simpl; auto|]. cbn [map unions]. destruct (chosen o) eqn:E.
    + exists (orb_list (h o) u). pose proof (H o (or_introl eq_refl)) as Ho.
      split; [apply in_or_app; right; apply in_map, A|]. split; [rewrite orb_list_length; lia|].
      intros j. rewrite orb_list_nth by lia. rewrite K. cbn [existsb]. rewrite E. cbn [andb].
      destruct (nth j (h o) false), (nth j base false); reflexivity.
    + exists u. split; [apply in_or_app; left; exact A|]. split; [assumption|]. intros j. rewrite K. cbn [existsb]. rewrite E. reflexivity.
Qed.
Lemma open_sets_ok p i : consistent p -> (i < n)%nat -> exists u, In u (open_sets f p i) /\
  forall j, (j < n)%nat -> nth j u false = attends_b S' (run S' (now p)) i j.
Proof.
  intros C Hi. unfold open_sets. destruct (nth i (p_sets p) None) as [own|] eqn:E.
  - destruct (c_sets _ C i own Hi E) as [L K].
    destruct (unions_ok o_group (fun o => Qeq_bool (form S' (run S' (now p) i) (run S' (now p) (o_first o))) (form S' (run S' (now p) i) (run S' (now p) (o_other o))))
      own (filter (fun o => Nat.eqb (o_token o) i) (p_open p))) as [u [A [B D]]].
    + intros o Ho. apply filter_In in Ho. destruct Ho as [Ho _]. rewrite L. apply (c_open _ C o Ho).
    + exists u. split; [exact A|]. intros j Hj. rewrite D. apply eq_true_iff_eq. rewrite attends_spec by assumption.
      rewrite (K j Hj), orb_true_iff, existsb_exists. split; (intros [H|H]; [left; exact H|right]).
      * destruct H as [o [Ho H]]. apply filter_In in Ho. destruct Ho as [Ho Et]. apply Nat.eqb_eq in Et. apply andb_true_iff in H. destruct H as [H1 H2].
        apply Qeq_bool_iff in H1. exists o. auto.
      * destruct H as [o [Ho [Et [H1 H2]]]]. exists o. split; [apply filter_In; split; [exact Ho|apply Nat.eqb_eq, Et]|].
        apply andb_true_iff. split; [apply Qeq_bool_iff, H2|exact H1].
  - destruct (unions_ok (group f p i) (attends_b S' (run S' (now p)) i) (map (fun _ => false) (seq 0 n)) (reps f p i)) as [u [A [B D]]].
    + intros o _. unfold group. rewrite !map_length. reflexivity.
    + exists u. split; [exact A|]. intros j Hj. rewrite D.
      assert (Z : nth j (map (fun _ : nat => false) (seq 0 n)) false = false).
      { rewrite (nth_map _ (seq 0 n) j 0%nat false) by (rewrite seq_length; assumption). reflexivity. }
      rewrite Z. cbn [orb]. apply eq_true_iff_eq. rewrite existsb_exists. split.
      * intros [r [Hr H]]. apply andb_true_iff in H. destruct H as [H1 H2]. rewrite group_nth in H2 by assumption. pose proof (reps_n p i r Hr) as Hrn.
        apply attends_spec in H1; [|assumption]. apply attends_spec; [assumption|]. apply (attends_alike p i r j); assumption.
      * intros H. apply attends_spec in H; [|assumption]. destruct (first_alike_spec p i j Hj) as [Hrn [Hal Hin]].
        exists (first_alike f p i j). split; [exact Hin|]. apply andb_true_iff. split.
        -- apply attends_spec; [assumption|]. apply (attends_alike p i j); try assumption. apply alike_sym, Hal.
        -- rewrite group_nth by assumption. exact Hal.
Qed.
Lemma list_same_nth a : forall b, length a = length b -> (forall r, (r < length a)%nat -> nth r a 0 == nth r b 0) -> list_same a b = true.
Proof.
  induction a as [|u a IH]; intros [|v b] L H; simpl in L; try discriminate; [reflexivity|]. cbn [list_same]. apply andb_true_iff. split.
  - apply Qeq_bool_iff. exact (H 0%nat ltac:(simpl; lia)).
  - apply IH; [lia|]. intros r Hr. exact (H (S r) ltac:(simpl; lia)).
Qed.
Lemma next_place_ok p i : consistent p -> (i < n)%nat -> exists l, In l (next_places f p i) /\ length l = d /\
  forall r, (r < d)%nat -> nth r l 0 == run S' (S (now p)) i r.
Proof.
  intros C Hi. destruct (open_sets_ok p i C Hi) as [u [Hu K]].
  eexists. split; [apply in_map, filter_In; split; [exact Hu|]|split; [rewrite map_length, seq_length; reflexivity|]].
  - destruct (argmax n (fun l => form S' (run S' (now p) i) (run S' (now p) l))) as [j [Hj Hmax]]; [lia|].
    apply existsb_exists. assert (E : nth j u false = true) by (rewrite K by assumption; apply attends_spec; [assumption|split; assumption]).
    exists true. split; [|reflexivity]. rewrite <- E. apply nth_In. destruct (Nat.lt_ge_cases j (length u)) as [|L]; [assumption|].
    rewrite nth_overflow in E by assumption. discriminate.
  - intros r Hr. rewrite (nth_map _ (seq 0 d) r 0%nat 0) by (rewrite seq_length; assumption). rewrite seq_nth, Qred_correct by assumption. cbn [Nat.add].
    assert (P : forall j, (j < n)%nat -> place p j r == run S' (now p) j r).
    { intros j Hj. apply (place_same p j C Hj). rewrite dim_S. exact Hr. }
    assert (T : family_tau f == tau S') by (unfold family_tau, tau; rewrite Qred_correct; reflexivity).
    change (run S' (S (now p)) i r) with (run S' (now p) i r + tau S' * (attended S' (run S' (now p)) i r - run S' (now p) i r)).
    rewrite (P i Hi), T. unfold mean_of, attended, number. rewrite !reduced_sum_ok. change (size S') with n.
    rewrite (sum_ext n (fun j => if nth j u false then place p j r else 0) (fun j => if attends_b S' (run S' (now p)) i j then run S' (now p) j r else 0)).
    2:{ intros j Hj. rewrite (K j Hj). destruct (attends_b S' (run S' (now p)) i j); [apply P, Hj|reflexivity]. }
    rewrite (sum_ext n (fun j => if nth j u false then 1 else 0) (fun j => if attends_b S' (run S' (now p)) i j then 1 else 0)).
    2:{ intros j Hj. rewrite (K j Hj). reflexivity. }
    reflexivity.
Qed.
Lemma apart_ok p i j : consistent p -> apart_b f p = true -> (i < n)%nat -> (j < n)%nat ->
  ~ same S' (run S' (now p) i) (run S' (now p) j) -> ~ same S' (run S' (S (now p)) i) (run S' (S (now p)) j).
Proof.
  intros C H. unfold apart_b in H. cbv zeta in H. rewrite below_ok in H.
  assert (G : forall i j, (i < n)%nat -> (j < i)%nat -> ~ same S' (run S' (now p) i) (run S' (now p) j) -> ~ same S' (run S' (S (now p)) i) (run S' (S (now p)) j)).
  { clear i j. intros i j Hi Hji Hne K. assert (Hj : (j < n)%nat) by lia. specialize (H i Hi). rewrite below_ok in H. specialize (H j Hji). apply orb_true_iff in H. destruct H as [H|H].
    - apply Hne. rewrite <- dim_S in H. apply same_b_ok in H. intros r Hr.
      rewrite <- (place_same p i C Hi r Hr), <- (place_same p j C Hj r Hr). apply H, Hr.
    - rewrite !(nth_map _ (seq 0 n) _ 0%nat []) in H by (rewrite seq_length; assumption). rewrite !seq_nth in H by assumption. cbn [Nat.add] in H.
      destruct (next_place_ok p i C Hi) as [a [A1 [A2 A3]]]. destruct (next_place_ok p j C Hj) as [b [B1 [B2 B3]]].
      unfold disjoint_b in H. rewrite forallb_forall in H. specialize (H a A1). apply negb_true_iff in H. rewrite <- not_true_iff_false in H. apply H.
      apply existsb_exists. exists b. split; [exact B1|]. apply list_same_nth; [lia|]. intros r Hr. rewrite A2 in Hr. rewrite (A3 r Hr), (B3 r Hr).
      apply K. rewrite dim_S. exact Hr. }
  intros Hi Hj Hne K. destruct (Nat.lt_trichotomy i j) as [L|[L|L]].
  - apply (G j i Hj L); [intros E; apply Hne, same_sym, E|apply same_sym, K].
  - subst. apply Hne, same_refl.
  - exact (G i j Hi L Hne K).
Qed.

(* growth *)
Definition grown (p : path) : Prop := grows_on_the_way g = true -> norm_growth S' (Some (now p)).
Lemma growth_ok p leaves : consistent p -> grown p -> grows_on_the_way g = true -> moves_on g p = true ->
  growth_b f p (advance f g p) leaves = true -> grown (advance f g p).
Proof.
  intros C Hg Hgr Hm H _. specialize (Hg Hgr). pose proof (advance_ok p C Hm) as C'. rewrite now_advance.
  unfold growth_b in H. cbv zeta in H. apply andb_true_iff in H. destruct H as [Hl H]. apply Nat.eqb_eq in Hl. rewrite forallb_forall in H.
  intros k i Hk Hi. simpl in Hk. destruct (Nat.eq_dec k (now p)) as [->|]; [|apply Hg; [simpl; lia|assumption]].
  change (size S') with n in Hi. set (q := advance f g p) in *.
  assert (P : same S' (place p i) (run S' (now p) i)) by (apply place_same; assumption).
  assert (Q : same S' (place q i) (run S' (S (now p)) i)) by (unfold q; rewrite <- now_advance; apply place_same; assumption).
  destruct (same_b d (place p i) (place q i)) eqn:E.
  - rewrite <- dim_S in E. apply same_b_ok in E.
    assert (K : same S' (run S' (S (now p)) i) (run S' (now p) i)).
    { intros r Hr. rewrite <- (Q r Hr), <- (P r Hr). symmetry. apply E, Hr. }
    split; [rewrite (form_ext S' _ _ _ _ K K); lra|auto].
  - destruct (Qlt_le_dec (form S' (run S' (now p) i) (run S' (now p) i)) (form S' (run S' (S (now p)) i) (run S' (S (now p)) i))) as [L|L]; [split; [lra|intros X; lra]|].
    exfalso. set (moving := filter (fun i => negb (same_b d (place p i) (place q i))) (seq 0 n)) in *.
    assert (Hin : In i moving) by (apply filter_In; split; [apply in_seq; lia|rewrite E; reflexivity]).
    apply (In_nth _ _ 0%nat) in Hin. destruct Hin as [t [Ht Et]].
    specialize (H (i, nth t leaves ([], []))). cbn [fst snd] in H.
    refine (closes_ok _ _ _ (H _)).
    + intros a [<-|Ha]; [|apply (c_known _ C'), Ha]. cbn [fst snd holds_of value fold_right].
      rewrite <- !form_S, (form_ext S' _ _ _ _ P P), (form_ext S' _ _ _ _ Q Q). lra.
    + rewrite <- Et. rewrite <- combine_nth by (symmetry; assumption). apply nth_In. rewrite combine_length. lia.
Qed.

(* too few leaders *)
Lemma too_few_ok p : consistent p -> too_few_b f g p = true -> False.
Proof.
  intros C H. unfold too_few_b in H. apply andb_true_iff in H. destruct H as [H Hlt]. apply andb_true_iff in H. destruct H as [HN Ho]. apply Nat.eqb_eq in HN.
  apply Nat.ltb_lt in Hlt. destruct (p_open p) eqn:Eo; [|discriminate].
  destruct (proj2 (proj2 Hdescribed)) as [l [Hlen [Hnd Hl]]]. destruct (c_idle _ C) as [Ind Iid]. rewrite HN in Iid.
  set (others := filter (fun i => match nth i (p_sets p) None with Some own => negb (bool_list_eqb own (alone f i)) | None => false end) (seq 0 n)) in *.
  assert (Hothers : forall i, In i others -> (i < n)%nat /\ nth i (p_sets p) None <> None /\ ~ leader S' N i).
  { intros i Hi. apply filter_In in Hi. destruct Hi as [Hi Hs]. apply in_seq in Hi. assert (Hin : (i < n)%nat) by lia.
    destruct (nth i (p_sets p) None) as [own|] eqn:E; [|discriminate]. split; [assumption|]. split; [discriminate|]. intros K.
    apply negb_true_iff in Hs. unfold bool_list_eqb in Hs. destruct (list_eq_dec Bool.bool_dec own (alone f i)) as [|Hne]; [discriminate|]. apply Hne.
    destruct (c_sets _ C i own Hin E) as [L S0]. rewrite Eo in S0. destruct (alone_spec i Hin) as [L1 [_ L3]].
    apply (nth_ext _ _ false false); [lia|]. intros j Hj. rewrite L in Hj. apply eq_true_iff_eq. rewrite L3 by assumption.
    rewrite <- (K j Hj), <- HN. rewrite (S0 j Hj). split; [auto|]. intros [A|[o [[] _]]]; exact A. }
  assert (Hall : NoDup (l ++ (p_idle p ++ others)) /\ incl (l ++ (p_idle p ++ others)) (seq 0 n)).
  { assert (App : forall (a b : list nat), NoDup a -> NoDup b -> (forall i, In i a -> ~ In i b) -> NoDup (a ++ b)).
    { intros a. induction a as [|u a IHa]; intros b Na Nb Hd; [exact Nb|]. inversion Na; subst. simpl. constructor.
      - intros K. apply in_app_or in K. destruct K as [K|K]; [contradiction|]. exact (Hd u (or_introl eq_refl) K).
      - apply IHa; try assumption. intros i Hi. apply Hd. right. exact Hi. }
    split.
    - apply App; [assumption| |].
      + apply App; [assumption|apply NoDup_filter, seq_NoDup|]. intros i Hi Ki. destruct (Iid i Hi) as [_ [K1 _]]. destruct (Hothers i Ki) as [_ [K2 _]]. contradiction.
      + intros i Hi Ki. destruct (Hl i Hi) as [_ K]. apply in_app_or in Ki. destruct Ki as [Ki|Ki]; [apply (Iid i Ki)|apply (Hothers i Ki)]; exact K.
    - intros i Hi. apply in_seq. apply in_app_or in Hi. destruct Hi as [Hi|Hi]; [destruct (Hl i Hi) as [K _]; change (size S') with n in K; lia|].
      apply in_app_or in Hi. destruct Hi as [Hi|Hi]; [destruct (Iid i Hi)|destruct (Hothers i Hi)]; lia. }
  destruct Hall as [H1 H2]. pose proof (NoDup_incl_length H1 H2) as K. rewrite !app_length, seq_length in K. lia.
Qed.

(* itineraries *)
Lemma itinerary_here_ok p : consistent p -> now p = N -> all_decided p = true -> has_itinerary S' N (itinerary_here p).
Proof.
  intros C HN Hd k i j Hk Hi Hj. unfold itinerary_here.
  assert (E : nth k (map l_att (p_past p) ++ [owns p]) [] = l_att (layer_at (p_past p ++ [here p]) k)).
  { unfold layer_at. change (map l_att (p_past p) ++ [owns p]) with (map l_att (p_past p) ++ map l_att [here p]). rewrite <- map_app.
    rewrite (nth_map l_att _ k no_layer []); [reflexivity|]. rewrite app_length. simpl. unfold now in HN. lia. }
  rewrite E. rewrite <- attends_spec by assumption.
  assert (G : good S' (layer_at (p_past p ++ [here p]) k) k).
  { apply (snoc_good p (here p) C (decided_good p C Hd)). unfold layer_at. apply nth_error_nth'. rewrite app_length. simpl. unfold now in HN. lia. }
  rewrite (good_att _ _ _ G i j Hi Hj). reflexivity.
Qed.

Fixpoint tree_rect' (P : tree -> Prop) (HS : forall i ts, Forall P ts -> P (Split i ts)) (HC : forall c, P (Contradiction c))
  (HG : forall ls t, P t -> P (Growth ls t)) (HH : forall c, P (Holds c)) (HM : forall m, P (Member m)) (HT : P TooFew) (t : tree) : P t :=
  match t with
  | Split i ts => HS i ts ((fix go (l : list tree) : Forall P l := match l with [] => Forall_nil P | a :: r => Forall_cons a (tree_rect' P HS HC HG HH HM HT a) (go r) end) ts)
  | Contradiction c => HC c
  | Growth ls t' => HG ls t' (tree_rect' P HS HC HG HH HM HT t')
  | Holds c => HH c
  | Member m => HM m
  | TooFew => HT
  end.

Lemma grown_now p p' : now p' = now p -> grown p -> grown p'.
Proof. intros E H K. rewrite E. apply H, K. Qed.
Lemma grown_arrived p : grown p -> grown (arrived f g p).
Proof. intros H K. unfold arrived. rewrite K. apply H, K. Qed.
Lemma split_now p i paths p' : split f g p i = Some paths -> In p' paths -> now p' = now p.
Proof.
  unfold split. intros H Hin. destruct (p_open p) as [|o later], (nth i (p_sets p) None) as [own|]; try discriminate.
  - destruct (existsb _ _); [discriminate|]. destruct (Nat.eqb _ _ && _); injection H as <-.
    + unfold leading_cases in Hin. destruct (Nat.ltb _ _).
      * destruct Hin as [<-|[<-|[]]]; reflexivity.
      * apply in_map_iff in Hin. destruct Hin as [j [<- _]]. reflexivity.
    + unfold set_cases in Hin. apply in_map_iff in Hin. destruct Hin as [[[b r] a] [<- _]]. reflexivity.
  - destruct (Nat.eqb _ _); [|discriminate]. injection H as <-. destruct Hin as [<-|[<-|[]]]; reflexivity.
Qed.

Definition outcome (t : tree) (p : path) : Prop :=
  match g_aim g with
  | Nobody => False
  | Itinerary => exists it, In it (itineraries_at f g t p) /\ has_itinerary S' N it
  | Statement r => statement r S' (Some N)
  end.
Theorem tree_ok t : forall p, consistent p -> grown p -> check_tree f g t p = true -> outcome t p.
Proof.
  induction t as [i ts IH|c|ls t IH|c|m|] using tree_rect'; intros p C Hgr H; cbn [check_tree] in H.
  - apply andb_true_iff in H. destruct H as [Hi H]. apply Nat.ltb_lt in Hi. apply arrived_ok in C. apply grown_arrived in Hgr.
    unfold outcome. cbn [itineraries_at].
    destruct (split f g (arrived f g p) i) as [paths|] eqn:E; [|discriminate].
    destruct (split_ok _ i paths C Hi E) as [p' [Hin C']]. pose proof (split_now _ _ _ p' E Hin) as En. clear E.
    assert (Hgr' : grown p') by (exact (grown_now _ _ En Hgr)).
    revert paths Hin H. induction IH as [|t' ts' Ht _ IHts]; intros paths Hin H; destruct paths as [|q paths]; try contradiction; try discriminate.
    apply andb_true_iff in H. destruct H as [H1 H2]. destruct Hin as [->|Hin].
    + pose proof (Ht p' C' Hgr' H1) as O. unfold outcome in O. destruct (g_aim g); try assumption.
      destruct O as [it [O1 O2]]. exists it. split; [apply in_or_app; left; exact O1|exact O2].
    + pose proof (IHts paths Hin H2) as O. destruct (g_aim g); try assumption.
      destruct O as [it [O1 O2]]. exists it. split; [apply in_or_app; right; exact O1|exact O2].
  - exfalso. exact (closes_ok _ c (c_known _ (advances_ok _ p C)) H).
  - apply andb_true_iff in H. destruct H as [H H2]. apply andb_true_iff in H2. destruct H2 as [H2 H3]. apply andb_true_iff in H. destruct H as [H0 H1].
    pose proof (IH _ (advance_ok p C H1) (growth_ok p ls C Hgr H0 H1 H2) H3) as O. unfold outcome in *. unfold grows_on_the_way in H0.
    destruct (g_aim g); try discriminate. exact O.
  - apply arrived_ok in C. apply grown_arrived in Hgr. unfold outcome, holds_b in *. destruct (g_aim g) as [| |r] eqn:Er; try discriminate.
    apply orb_true_iff in H. destruct H as [H|H].
    + apply andb_true_iff in H. destruct H as [H Hrule]. apply andb_true_iff in H. destruct H as [HN Hd]. apply Nat.eqb_eq in HN.
      destruct r; try (apply (rule_ok _ _ c N C); [discriminate|exact Hd|exact Hrule]).
      rewrite <- HN. apply Hgr. unfold grows_on_the_way. rewrite Er. reflexivity.
    + destruct r; try discriminate. apply andb_true_iff in H. destruct H as [H Ha]. apply andb_true_iff in H. destruct H as [HN Hrule]. apply Nat.eqb_eq in HN.
      assert (Hr : statement AllApart S' (Some (now (arrived f g p)))).
      { apply (rule_ok _ _ c _ C); [discriminate|cbn [needs_no_sets]; apply orb_true_r|exact Hrule]. }
      intros k i j Hk Hi Hj. simpl in Hk. destruct (Nat.eq_dec k (now (arrived f g p))) as [->|].
      * apply apart_ok; assumption.
      * apply Hr; try assumption. simpl. lia.
  - apply arrived_ok in C. unfold outcome, listed_b in *. destruct (g_aim g); try discriminate.
    apply andb_true_iff in H. destruct H as [H _]. apply andb_true_iff in H. destruct H as [H _]. apply andb_true_iff in H. destruct H as [HN Hd]. apply Nat.eqb_eq in HN.
    cbn [itineraries_at]. eexists. split; [left; reflexivity|]. apply itinerary_here_ok; assumption.
  - exfalso. exact (too_few_ok _ (arrived_ok p C) H).
Qed.
End Sound.
